import type { HelperContext } from '../../scripts/helpers/index.js'
import type { ScriptCursor as Cursor, Environment } from '../../scripts/orm/index.js'

/**
 * What `migrate(env, version)` of a TypeScript script is given: records, xml ids, SQL, and the context that
 * helper functions take first.
 *
 * @example
 * import { renameFields, type ScriptEnvironment } from 'moult'
 *
 * export async function migrate(env: ScriptEnvironment) {
 *   await renameFields(env.helpers, [['res.partner', 'res_partner', 'nickname', 'short_name']])
 * }
 */
export type ScriptEnvironment = Environment & { readonly helpers: HelperContext }

/** What `migrate(cr, version)` is given: SQL, and the environment beside it. */
export type ScriptCursor = Cursor & { readonly env: ScriptEnvironment }
