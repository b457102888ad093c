import { UsageError } from '../../../base/index.js'
import { type HopSummary, type RunReport, runReport } from '../../../upgrade/report/index.js'
import { rowsWritten } from '../../../upgrade/runner/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import type { View } from '../../output/style.js'
import { type Column, renderTable } from '../../output/table.js'
import { count, formatDuration } from '../../output/units.js'
import { findRuns } from './find-run.js'
import { writeReport } from './write-report.js'

const SHOWN = 10

/** Tells of the last upgrade of a database what ran, how long it took, what changed and what was found. */
export const reportCommand: CommandAction = async ({ args, options }, context) => {
  const database = args[0] ?? textOption(options, 'database')
  if (database === undefined) {
    throw new UsageError('SOURCE_MISSING', 'No database is named', {
      hint: 'moult report NAME; moult status lists the databases that have been upgraded.',
    })
  }
  const connection = await connectionOf(options, context)
  const place = { progress: context.progress, operation: `report ${database}`, database }
  const [found] = await withHost(connection, place, (host) => findRuns(host, database))
  if (found === undefined) {
    throw new UsageError('RUN_UNKNOWN', `"${database}" has no upgrade in its journal`)
  }
  const report = runReport(database, found.run)
  const output = textOption(options, 'output')
  const file = output === undefined ? undefined : await writeReport(report, output)
  return {
    data: file === undefined ? report : { ...report, file },
    findings: report.findings,
    lines: (view) => [
      ...report.hops.flatMap((hop) => hopLines(view, hop)),
      ...(file === undefined ? [] : ['', `Wrote ${file}.`]),
      ...stoppedLines(report),
    ],
  }
}

interface ModuleRow {
  readonly module: string
  readonly time: string
  readonly scripts: string
}

const MODULES: readonly Column<ModuleRow>[] = [
  { title: 'MODULE', value: (row) => row.module },
  { title: 'TIME', value: (row) => row.time, align: 'right' },
  { title: 'SCRIPTS', value: (row) => row.scripts, align: 'right' },
]

interface TableRow {
  readonly table: string
  readonly inserted: string
  readonly updated: string
  readonly deleted: string
}

const TABLES: readonly Column<TableRow>[] = [
  { title: 'TABLE', value: (row) => row.table },
  { title: 'INSERTED', value: (row) => row.inserted, align: 'right' },
  { title: 'UPDATED', value: (row) => row.updated, align: 'right' },
  { title: 'DELETED', value: (row) => row.deleted, align: 'right' },
]

function hopLines(view: View, { from, to, milliseconds, modules, tables }: HopSummary): string[] {
  const number = (value: number): string => value.toLocaleString('en-US')
  const slowest = [...modules].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, SHOWN)
  const written = [...tables].sort((a, b) => rowsWritten(b) - rowsWritten(a)).slice(0, SHOWN)
  const fates = (fate: string): number => tables.filter((table) => table.fate === fate).length
  const moduleRows = slowest.map(({ module, milliseconds: took, scripts }) => ({
    module,
    time: formatDuration(took),
    scripts: number(scripts.length),
  }))
  const tableRows = written.map(({ table, inserted, updated, deleted }) => ({
    table,
    inserted: number(inserted),
    updated: number(updated),
    deleted: number(deleted),
  }))
  return [
    `${from} → ${to}: ${count(modules.length, 'module')} in ${formatDuration(milliseconds)}; the slowest:`,
    '',
    ...renderTable(view, MODULES, moduleRows),
    ...(tables.length === 0
      ? []
      : [
          '',
          `${count(tables.length, 'table')} changed, ${fates('new')} new and ${fates('dropped')} dropped; the most written:`,
          '',
          ...renderTable(view, TABLES, tableRows),
        ]),
    '',
  ]
}

function stoppedLines({ database, failure }: RunReport): readonly string[] {
  return failure === undefined
    ? []
    : [`It stopped at ${failure.name}; go on with: moult resume ${database}`]
}
