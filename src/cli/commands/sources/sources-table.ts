import type { SourceRecord } from '../../../odoo/sources/index.js'
import type { View } from '../../output/style.js'
import { type Column, renderTable } from '../../output/table.js'
import { formatBytes } from '../../output/units.js'

const SHORT_COMMIT = 10
const DATE_LENGTH = 10

const COLUMNS: readonly Column<SourceRecord>[] = [
  { title: 'RELEASE', value: (row) => row.series },
  { title: 'KIND', value: (row) => row.kind },
  { title: 'COMMIT', value: (row) => row.commit?.slice(0, SHORT_COMMIT) ?? '–', drop: 2 },
  { title: 'DATE', value: (row) => row.date?.slice(0, DATE_LENGTH) ?? '–', drop: 1 },
  {
    title: 'SIZE',
    value: (row) => ('folder' in row.origin ? '–' : formatBytes(row.size)),
    align: 'right',
  },
  { title: 'FOLDER', value: (row) => row.tree, drop: 3 },
]

/** Source trees as a table. */
export function renderSources(view: View, rows: readonly SourceRecord[]): readonly string[] {
  return renderTable(view, COLUMNS, rows)
}
