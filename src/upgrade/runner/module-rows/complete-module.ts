import { type Session, sql } from '../../../db/index.js'
import type { LoadStep, ScriptsStep } from '../../planning/index.js'

/**
 * Writes that a module is done, in the transaction of its last step: Odoo writes it in the next one, so
 * that the last good module of a failed run is upgraded twice (engine.md §6.2).
 */
export async function completeModule(
  session: Session,
  step: Pick<LoadStep | ScriptsStep, 'module' | 'targetVersion'>,
): Promise<void> {
  await session.query(sql`
    UPDATE ir_module_module SET state = 'installed', latest_version = ${step.targetVersion}
     WHERE name = ${step.module}`)
}
