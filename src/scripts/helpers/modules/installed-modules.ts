import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'

/** Whether a module is installed or about to be upgraded; not while it is only about to be installed. */
export async function isModuleInstalled(context: HelperContext, module: string): Promise<boolean> {
  return (await installedModules(context)).has(module)
}

/** The names of all modules that are `installed` or `to upgrade`. */
export async function installedModules(context: HelperContext): Promise<ReadonlySet<string>> {
  const { rows } = await context.session.query<{ name: string }>(sql`
    SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade')`)
  return new Set(rows.map((row) => row.name))
}
