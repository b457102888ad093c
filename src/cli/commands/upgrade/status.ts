import { type Checkpoint, listCheckpoints } from '../../../databases/manager/index.js'
import type { RecordedRun } from '../../../upgrade/runner/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, forEachHost, withHost } from '../../hosts.js'
import { type Column, renderTable } from '../../output/table.js'
import { count } from '../../output/units.js'
import { findRuns } from './find-run.js'

/** One run, as `moult status` shows it. */
interface RunStatusRow {
  readonly database: string
  readonly run: number
  readonly status: RecordedRun['status']
  readonly path: string
  readonly steps: string
  readonly at: string
  readonly startedAt: string
  readonly failure: RecordedRun['failure']
  readonly checkpoints: readonly Checkpoint[]
}

const COLUMNS: readonly Column<RunStatusRow>[] = [
  { title: 'DATABASE', value: (row) => row.database },
  { title: 'UPGRADE', value: (row) => row.path },
  { title: 'STATE', value: (row) => row.status },
  { title: 'STEPS', value: (row) => row.steps },
  { title: 'AT', value: (row) => row.at },
  { title: 'STARTED', value: (row) => row.startedAt.slice(0, 16) },
]

export const statusCommand: CommandAction = async ({ args, options }, context) => {
  const connection = await connectionOf(options, context)
  const database = args[0] ?? textOption(options, 'database')
  const look = async (host: Parameters<Parameters<typeof forEachHost>[2]>[0]) => {
    const found = await findRuns(host, database)
    const rows: RunStatusRow[] = []
    for (const { database: name, run } of found) {
      rows.push(statusRow(name, run, await listCheckpoints(host, name)))
    }
    return rows
  }
  const rows =
    database === undefined
      ? (await forEachHost(connection, 'status', look)).flat()
      : await withHost(
          connection,
          { progress: context.progress, operation: `status ${database}`, database },
          look,
        )
  return {
    data: rows,
    lines: (view) =>
      rows.length === 0
        ? ['No database has an upgrade in its journal.']
        : [...renderTable(view, COLUMNS, rows), ...rows.flatMap(detailsOf)],
  }
}

function statusRow(
  database: string,
  run: RecordedRun,
  checkpoints: readonly Checkpoint[],
): RunStatusRow {
  const { hops } = run
  const last = hops.at(-1)
  const done = last?.steps.filter((step) => step.status === 'done').length ?? 0
  const total = last?.plan.steps.length ?? 0
  return {
    database,
    run: run.run,
    status: run.status,
    path: `${hops[0]?.plan.from ?? ''} → ${run.request.hops.at(-1)?.to ?? ''}`,
    steps: `${done} of ${total}${run.request.hops.length > 1 ? ` (hop ${hops.length} of ${run.request.hops.length})` : ''}`,
    at: run.failure?.name ?? '',
    startedAt: run.startedAt,
    failure: run.failure,
    checkpoints,
  }
}

function detailsOf({ database, status, failure, checkpoints }: RunStatusRow): readonly string[] {
  return [
    ...(failure === undefined
      ? []
      : [
          '',
          `${database} stopped at ${failure.name}: ${failure.message.split('\n')[0]}`,
          ...(failure.file === undefined
            ? []
            : [`  ${failure.file}${failure.line === undefined ? '' : `:${failure.line}`}`]),
        ]),
    ...(status === 'done' ? [] : [`Go on with: moult resume ${database}`]),
    ...(checkpoints.length === 0
      ? []
      : [
          `${database} has ${count(checkpoints.length, 'checkpoint')}: ${checkpoints.map(({ before }) => before).join(', ')}`,
        ]),
  ]
}
