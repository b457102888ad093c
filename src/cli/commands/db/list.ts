import { type DatabaseSummary, listDatabases } from '../../../databases/manager/index.js'
import type { CommandAction } from '../../command.js'
import { connectionOf, forEachHost } from '../../hosts.js'
import { type Column, renderTable } from '../../output/table.js'
import { formatBytes } from '../../output/units.js'

/** Also what the demo shows at its end. */
export const LIST_COLUMNS: readonly Column<DatabaseSummary>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'RELEASE', value: release },
  { title: 'MODULES', value: (row) => String(row.modules ?? '–'), align: 'right', drop: 3 },
  { title: 'SIZE', value: (row) => formatBytes(row.size), align: 'right' },
  {
    title: 'FILES',
    value: (row) => row.filestoreFiles.toLocaleString('en-US'),
    align: 'right',
    drop: 4,
  },
  { title: 'FILESTORE', value: (row) => formatBytes(row.filestoreSize), align: 'right', drop: 2 },
  { title: 'NEUTRAL', value: (row) => neutral(row), drop: 5 },
  { title: 'ENGINE', value: (row) => row.engine, drop: 6 },
  { title: 'OWNER', value: (row) => row.owner, drop: 7 },
]

function release({ release: known, problem, upgrade }: DatabaseSummary): string {
  if (known === undefined) return problem ? 'unreadable' : '–'
  return upgrade === undefined ? known.series : `${known.series} (upgrade ${upgrade})`
}

function neutral(row: DatabaseSummary): string {
  if (row.neutralized === undefined) return '–'
  return row.neutralized ? 'yes' : 'no'
}

export const listCommand: CommandAction = async ({ options }, context) => {
  const connection = await connectionOf(options, context)
  const found = await forEachHost(connection, 'db list', (host) =>
    listDatabases(host, context.progress, { all: options.all === true }),
  )
  const databases = found.flat()
  return {
    data: databases,
    findings: databases.flatMap((row) =>
      row.problem === undefined
        ? []
        : [
            {
              code: 'DATABASE_UNREADABLE',
              severity: 'warning' as const,
              message: `${row.name}: ${row.problem}`,
            },
          ],
    ),
    lines: (view) =>
      databases.length === 0
        ? ['There are no databases yet. Make one: moult db restore backup.zip']
        : renderTable(view, LIST_COLUMNS, databases),
  }
}
