import type { PythonFile, PythonStatement } from '../../../text/index.js'
import {
  type DottedFile,
  dottedOf,
  filesOf,
  moduleOfFrom,
  moduleOfImport,
  splitAddon,
} from './import-path.js'

/** How a file of a module is read: undefined when it is not there. */
export type ReadFile = (relativePath: string) => PythonFile | undefined

/** Where imports lead, beside the files themselves. */
export interface Reached {
  /** By path in the module's folder, in the order in which they were found. */
  readonly files: ReadonlyMap<string, PythonFile>
  /** Modules of other addons that are imported: `odoo.addons.base.models.res_partner`. */
  readonly others: ReadonlySet<string>
}

/** Symbolic links can make a package its own part. */
const DEEPEST = 40

/**
 * Follows the imports of a module from its `__init__.py`, and from the paths in it that other modules
 * name. Everything that an import may mean is read: what it does mean is known only when names are.
 */
export function reachFiles(
  addon: string,
  read: ReadFile,
  entries: readonly (readonly string[])[] = [],
): Reached {
  const files = new Map<string, PythonFile>()
  const others = new Set<string>()
  const tried = new Set<string>()
  const open: (readonly string[])[] = [[], ...entries].reverse()
  const want = (path: readonly string[]): void => {
    for (let length = path.length; length >= 0; length -= 1) open.push(path.slice(0, length))
  }
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const key = path.join('.')
    if (tried.has(key) || path.length > DEEPEST) continue
    tried.add(key)
    for (const name of filesOf(path)) {
      const file = read(name)
      if (file === undefined) continue
      files.set(name, file)
      const from = { dotted: dottedOf(addon, path), isPackage: name.endsWith('__init__.py') }
      const targets = file.statements.flatMap((statement) => importsOf(statement, from))
      for (const target of targets.reverse()) {
        const place = splitAddon(target)
        if (place?.addon === addon) want(place.path)
        else if (place !== undefined) others.add(target)
      }
      break
    }
  }
  return { files, others }
}

function importsOf(statement: PythonStatement, from: DottedFile): readonly string[] {
  if (statement.kind === 'import') return [moduleOfImport(statement.module)]
  if (statement.kind === 'class') return statement.body.flatMap((inner) => importsOf(inner, from))
  if (statement.kind !== 'from') return []
  const module = moduleOfFrom(statement, from)
  if (module === undefined) return []
  return [module, ...statement.names.map(([name]) => `${module}.${name}`)]
}
