import { paint, printable, type View } from './style.js'

/** A column of a table. `drop` says which go first when the terminal is too narrow: highest first. */
export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  readonly align?: 'left' | 'right'
  readonly drop?: number
}

const GAP = '  '
const NARROWEST = 8

/**
 * A plain table. Where the terminal is too narrow, columns that may be dropped go first, then the first column
 * is cut; without a terminal nothing is.
 */
export function renderTable<Row>(
  view: View,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly string[] {
  let shown = columns
  const widthOf = (column: Column<Row>): number =>
    Math.max(column.title.length, ...rows.map((row) => printable(column.value(row)).length))
  const total = (): number =>
    shown.reduce((sum, column) => sum + widthOf(column), 0) + GAP.length * (shown.length - 1)
  while (view.width !== undefined && total() > view.width) {
    const droppable = shown.filter((column) => column.drop !== undefined)
    if (droppable.length === 0) break
    const first = droppable.reduce((a, b) => ((a.drop ?? 0) >= (b.drop ?? 0) ? a : b))
    shown = shown.filter((column) => column !== first)
  }
  const widths = shown.map(widthOf)
  if (view.width !== undefined && total() > view.width) {
    widths[0] = Math.max(NARROWEST, (widths[0] ?? 0) - (total() - view.width))
  }
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, shown[index]?.align ?? 'left'))
      .join(GAP)
      .trimEnd()
  return [
    paint(view, 'bold', line(shown.map((column) => column.title))),
    ...rows.map((row) => line(shown.map((column) => printable(column.value(row))))),
  ]
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text
  return align === 'right' ? cut.padStart(width) : cut.padEnd(width)
}
