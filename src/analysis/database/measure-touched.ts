import { id, join, type Row, type Session, type Sql, sql } from '../../db/index.js'
import type { AnalysisLine } from '../compare/analysis-line.js'
import { assessLine, lostKeys } from '../compare/assess-line.js'
import type { ReleaseComparison } from '../compare/compare-releases.js'
import { tableOf } from '../drafts/table-of.js'
import { linesOf } from '../texts/analysis-text.js'

/** How many rows of a database a change is about. */
export interface TouchedRows {
  readonly module: string
  /** A table, or a column with its table: `res_partner.ref`. */
  readonly subject: string
  readonly rows: number
  readonly reason: string
  /** The line of the analysis. */
  readonly line: string
  readonly lineId: string
}

interface Question {
  readonly line: AnalysisLine
  readonly table: string
  readonly column: string | undefined
  /** Counts the rows that the line is about. */
  readonly count: Sql
}

/**
 * Counts the rows of a database that changes touch: those of tables that are gone, values of columns that are
 * gone, empty values of what is now required, selection values that are no longer known. One statement for each
 * table, whatever number of rows or changes; tables and columns that the database lacks are left out.
 */
export async function measureTouched(
  session: Session,
  comparison: Pick<ReleaseComparison, 'modules'>,
  modules: ReadonlySet<string>,
): Promise<readonly TouchedRows[]> {
  const questions = [...comparison.modules.values()]
    .filter(({ module }) => modules.has(module))
    .flatMap((analysis) => linesOf(analysis).flatMap(questionOf))
  const known = await readColumns(session, [...new Set(questions.map(({ table }) => table))])
  const byTable = new Map<string, Question[]>()
  for (const question of questions) {
    const columns = known.get(question.table)
    if (columns === undefined) continue
    if (question.column !== undefined && !columns.has(question.column)) continue
    byTable.set(question.table, [...(byTable.get(question.table) ?? []), question])
  }
  const touched: TouchedRows[] = []
  for (const [table, asked] of byTable) {
    const counts = await count(session, table, asked)
    for (const [index, { line, column }] of asked.entries()) {
      const rows = counts[index] ?? 0
      if (rows === 0) continue
      touched.push({
        module: line.module,
        subject: column === undefined ? table : `${table}.${column}`,
        rows,
        reason: assessLine(line).reason,
        line: line.text,
        lineId: line.id,
      })
    }
  }
  return touched.sort((a, b) => b.rows - a.rows)
}

function questionOf(line: AnalysisLine): readonly Question[] {
  if (assessLine(line).attention !== 'work' || line.section === 'xmlIds') return []
  const table = tableOf(line.model)
  if (line.section === 'models') {
    if (!line.text.startsWith('obsolete')) return []
    return [{ line, table, column: undefined, count: sql`count(*)` }]
  }
  const { field = '', kind, attribute } = line
  const column = id(field)
  const ask = (condition: Sql): readonly Question[] => [
    { line, table, column: field, count: sql`count(*) FILTER (WHERE ${condition})` },
  ]
  if (kind === 'deleted' || attribute === 'type') return ask(sql`${column} IS NOT NULL`)
  if (attribute === 'required') return ask(sql`${column} IS NULL`)
  if (attribute === 'selection_keys')
    return ask(sql`${column}::text = ANY(${lostKeys(line)}::text[])`)
  return []
}

async function readColumns(
  session: Session,
  tables: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await session.query<{ table: string; columns: string[] }>(sql`
    SELECT c.relname AS "table", array_agg(a.attname::text) AS columns
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p') AND c.relname = ANY(${tables}::text[])
     GROUP BY c.relname`)
  return new Map(rows.map(({ table, columns }) => [table, new Set(columns)]))
}

async function count(
  session: Session,
  table: string,
  questions: readonly Question[],
): Promise<readonly number[]> {
  const counts = join(
    questions.map(({ count: asked }, index) => sql`${asked}::float8 AS ${id(`c${index}`)}`),
    ', ',
  )
  const { rows } = await session.query<Row>(sql`SELECT ${counts} FROM ${id(table)}`)
  return questions.map((_, index) => Number(rows[0]?.[`c${index}`] ?? 0))
}
