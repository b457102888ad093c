import { codeOf } from '../../../base/index.js'
import {
  type Checkpoint,
  type DatabaseHost,
  listCheckpoints,
} from '../../../databases/manager/index.js'
import type { RecordedRun } from '../../../upgrade/runner/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, forEachHost, withHost } from '../../hosts.js'
import { type View, wrap } from '../../output/style.js'
import { type Column, renderTable } from '../../output/table.js'
import { count } from '../../output/units.js'
import { findRuns } from './find-run.js'

/** One run, as `moult status` shows it. */
interface RunStatusRow {
  readonly database: string
  readonly run: number
  /** `stopped`: killed, or cancelled, and nobody works on it. */
  readonly status: RecordedRun['status'] | 'stopped'
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
  const look = async (host: DatabaseHost) => {
    const found = await findRuns(host, database)
    const rows: RunStatusRow[] = []
    for (const { database: name, run } of found) {
      const isAtWork = run.status === 'running' && (await isLocked(host, name))
      rows.push(statusRow(name, run, isAtWork, await listCheckpoints(host, name)))
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
        : [...renderTable(view, COLUMNS, rows), ...rows.flatMap((row) => detailsOf(view, row))],
  }
}

/** A run that was killed stays "running" in its journal; who really works holds the lock. */
async function isLocked({ cluster }: DatabaseHost, database: string): Promise<boolean> {
  try {
    await (await cluster.lock(database, 'status')).release()
    return false
  } catch (error) {
    if (codeOf(error) === 'DATABASE_BUSY') return true
    throw error
  }
}

function statusRow(
  database: string,
  run: RecordedRun,
  isAtWork: boolean,
  checkpoints: readonly Checkpoint[],
): RunStatusRow {
  const { hops } = run
  const last = hops.at(-1)
  const done = last?.steps.filter((step) => step.status === 'done').length ?? 0
  const total = last?.plan.steps.length ?? 0
  return {
    database,
    run: run.run,
    status: run.status === 'running' && !isAtWork ? 'stopped' : run.status,
    path: [hops[0]?.plan.from ?? '', run.request.hops.at(-1)?.to ?? ''].join(' → ').trim(),
    steps:
      hops.length === 0
        ? 'not begun'
        : `${done} of ${total}${run.request.hops.length > 1 ? ` (hop ${hops.length} of ${run.request.hops.length})` : ''}`,
    at: run.failure?.name ?? '',
    startedAt: run.startedAt,
    failure: run.failure,
    checkpoints,
  }
}

function detailsOf(
  view: View,
  { database, status, failure, checkpoints }: RunStatusRow,
): readonly string[] {
  const lines: string[] = []
  if (failure !== undefined) {
    const place = [failure.file, failure.line].filter((part) => part !== undefined).join(':')
    lines.push(
      '',
      ...wrap(
        view,
        `${database} stopped at ${failure.name}: ${failure.message.split('\n')[0]}`,
        '',
      ),
    )
    if (place !== '') lines.push(`  ${place}`)
  }
  if (status !== 'done' && status !== 'running') lines.push(`Go on with: moult resume ${database}`)
  if (checkpoints.length > 0) {
    const names = checkpoints.map(({ before }) => before).join(', ')
    const amount = count(checkpoints.length, 'checkpoint')
    lines.push(...wrap(view, `${database} has ${amount}: ${names}`, ''))
  }
  return lines
}
