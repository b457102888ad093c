import type { PythonStatement } from '../../../text/index.js'

const ADDONS = 'odoo.addons'
const OLD_NAME = /^openerp(?=\.|$)/

/** What a file is called in Python. */
export interface DottedFile {
  readonly dotted: string
  readonly isPackage: boolean
}

/** The absolute module that `from x import …` names; undefined when it leaves the top. */
export function moduleOfFrom(
  statement: Extract<PythonStatement, { readonly kind: 'from' }>,
  from: DottedFile,
): string | undefined {
  if (statement.level === 0) return statement.module.replace(OLD_NAME, 'odoo')
  const parts = from.dotted.split('.')
  const up = statement.level - (from.isPackage ? 1 : 0)
  if (up >= parts.length) return undefined
  const base = parts.slice(0, parts.length - up).join('.')
  return statement.module === '' ? base : `${base}.${statement.module}`
}

/** The absolute module that `import x` names. */
export function moduleOfImport(name: string): string {
  return name.replace(OLD_NAME, 'odoo')
}

/** Splits `odoo.addons.sale.models.x` into the addon and the path in it; undefined for anything else. */
export function splitAddon(
  dotted: string,
): { readonly addon: string; readonly path: readonly string[] } | undefined {
  if (!dotted.startsWith(`${ADDONS}.`)) return undefined
  const [addon = '', ...path] = dotted.slice(ADDONS.length + 1).split('.')
  return addon === '' ? undefined : { addon, path }
}

/** `odoo.addons.sale` with a path behind it. */
export function dottedOf(addon: string, path: readonly string[]): string {
  return [ADDONS, addon, ...path].join('.')
}

/** Files that may hold a module of an addon, best first: a package wins. */
export function filesOf(path: readonly string[]): readonly [string, ...string[]] {
  const joined = path.join('/')
  return path.length === 0 ? ['__init__.py'] : [`${joined}/__init__.py`, `${joined}.py`]
}
