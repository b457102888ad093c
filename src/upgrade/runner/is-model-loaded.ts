import { firstRow, type Session, sql } from '../../db/index.js'

/**
 * Whether Odoo would have a model's class at this moment: one of the modules that name it has been loaded by
 * the run. A model without xml id is a user's own, and is there as soon as `base` is.
 */
export async function isModelLoaded(
  session: Session,
  model: string,
  loadedModules: ReadonlySet<string>,
): Promise<boolean> {
  const row = await firstRow<{ modules: readonly string[] | null }>(
    session,
    sql`SELECT array_agg(d.module::text) FILTER (WHERE d.module IS NOT NULL) AS modules
          FROM ir_model m
          LEFT JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
         WHERE m.model = ${model}`,
  )
  const modules = row?.modules ?? []
  if (modules.length === 0) return loadedModules.has('base')
  return modules.some((module) => loadedModules.has(module))
}
