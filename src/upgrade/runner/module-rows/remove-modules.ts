import type { Finding } from '../../../base/index.js'
import { type Session, sql } from '../../../db/index.js'
import { dropReflected } from './drop-reflected.js'

/** What removing modules needs of the ORM. */
export interface RecordRemoval {
  /** Deletes records with everything that Odoo deletes along with them. */
  unlink(model: string, ids: readonly number[]): Promise<unknown>
}

export interface RemovalScope {
  readonly session: Session
  readonly records: RecordRemoval
  readonly addFinding: (finding: Finding) => void
}

interface OwnRecords extends Record<string, unknown> {
  readonly model: string
  readonly ids: readonly number[]
}

/** Models whose records describe the schema; they go with the tables and columns themselves. */
const REFLECTION = [
  'ir.model',
  'ir.model.fields',
  'ir.model.fields.selection',
  'ir.model.constraint',
  'ir.model.relation',
  'ir.module.module',
]

/**
 * Uninstalls modules: their records, constraints, columns and tables, their xml ids. What another module
 * has an xml id on stays; records that something else refers to stay with a finding.
 */
export async function removeModules(
  modules: readonly string[],
  scope: RemovalScope,
): Promise<void> {
  const { session } = scope
  const { rows } = await session.query<OwnRecords>(sql`
    SELECT d.model, array_agg(DISTINCT d.res_id) AS ids
      FROM ir_model_data d
     WHERE d.module = ANY(${[...modules]}::text[]) AND d.res_id IS NOT NULL
       AND d.model <> ALL(${REFLECTION}::text[])
       AND NOT EXISTS (SELECT FROM ir_model_data o
                        WHERE o.model = d.model AND o.res_id = d.res_id
                          AND o.module <> ALL(${[...modules]}::text[]))
     GROUP BY d.model ORDER BY max(d.id) DESC`)
  for (const { model, ids } of rows) await removeRecords(model, ids, scope)
  await dropReflected(session, modules)
  await session.query(sql`DELETE FROM ir_model_data WHERE module = ANY(${[...modules]}::text[])`)
  await session.query(sql`
    UPDATE ir_module_module SET state = 'uninstalled', latest_version = NULL, demo = false
     WHERE name = ANY(${[...modules]}::text[])`)
}

async function removeRecords(
  model: string,
  ids: readonly number[],
  { session, records, addFinding }: RemovalScope,
): Promise<void> {
  try {
    await session.savepoint(() => records.unlink(model, ids))
  } catch (error) {
    addFinding({
      code: 'RECORDS_KEPT',
      severity: 'warning',
      message: `${ids.length} records of ${model} could not be deleted: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Something still refers to them. Delete or archive them in Odoo.',
      data: { model, ids: ids.slice(0, 100) },
    })
  }
}
