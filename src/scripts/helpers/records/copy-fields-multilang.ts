import { id, join, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { readColumns } from '../schema/column-exists.js'

/** One side of a copy; the columns of both sides correspond by their position. */
export interface CopySide {
  readonly model: string
  readonly table: string
  readonly columns: readonly string[]
}

export interface MultilangCopy {
  readonly destination: CopySide
  readonly source: CopySide
  /** Column of the destination with the id of the source's row. */
  readonly relationColumn: string
  readonly translationsOnly?: boolean
}

/** Copies values along a many2one, with their translations (which lie in the column from Odoo 16 on). */
export async function copyFieldsMultilang(
  context: HelperContext,
  { destination, source, relationColumn, translationsOnly = false }: MultilangCopy,
): Promise<void> {
  const pairs = destination.columns.map((to, index) => ({ to, from: source.columns[index] ?? to }))
  if (!translationsOnly) {
    const changes = pairs.map(({ to, from }) => sql`${id(to)} = s.${id(from)}`)
    await runLogged(
      context,
      sql`UPDATE ${id(destination.table)} d SET ${join(changes)}
            FROM ${id(source.table)} s WHERE s.id = d.${id(relationColumn)}`,
    )
  }
  const known = await readColumns(context.session, ['ir_translation'])
  if (context.release.major >= 16 || !known.has('ir_translation', 'value')) return
  for (const { to, from } of pairs) {
    const before = `${source.model},${from}`
    await runLogged(
      context,
      sql`INSERT INTO ir_translation (lang, module, name, res_id, src, state, type, value)
          SELECT t.lang, t.module, replace(t.name, ${before}, ${`${destination.model},${to}`}), d.id,
                 t.src, t.state, t.type, t.value
            FROM ir_translation t
            JOIN ${id(destination.table)} d ON d.${id(relationColumn)} = t.res_id
           WHERE t.name = ${before} OR starts_with(t.name, ${`${before},`})
              OR (${source.model}::text = 'ir.ui.view' AND t.type = 'view')
          ON CONFLICT DO NOTHING`,
    )
  }
}
