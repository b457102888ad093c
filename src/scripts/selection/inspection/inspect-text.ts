import { importReason, unknownPackages } from './import-needs.js'
import type {
  MigrateFunction,
  ScriptImport,
  ScriptInspection,
  ScriptParameter,
} from './script-inspection.js'

const IMPORT = /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+([^\n#]*)|import[ \t]+([\w.]+))/gm
const MIGRATE = /^def[ \t]+migrate[ \t]*\(([^)]*)\)/m
const RECORDS = /\benv[ \t]*\[|\benv\.ref[ \t]*\(/

/** What the plain text of a script tells, line by line: for when the grammar is not there. */
export function inspectText(text: string, file: string): ScriptInspection {
  const imports = importsOf(text)
  const migrate = migrateOf(text)
  const imported = importReason(imports)
  const records = RECORDS.exec(text)
  const generic = records && { what: 'env[…]', line: lineAt(text, records.index) }
  return {
    file,
    exact: false,
    ...(migrate !== undefined && { migrate }),
    imports,
    unknownPackages: unknownPackages(imports),
    tier: imported !== undefined ? 'T3' : generic === null ? 'T1' : 'T2',
    ...(imported !== undefined && { tierReason: imported }),
    ...(imported === undefined && generic !== null && { tierReason: generic }),
  }
}

function importsOf(text: string): readonly ScriptImport[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const [statement, from, names = '', module = ''] = match
    return {
      module: from ?? module,
      names: names.split(/[\s,()]+/).filter((name) => name !== ''),
      line: lineAt(text, match.index),
      // Indented imports stand in functions, or in a `try`.
      optional: /^[ \t]/.test(statement),
    }
  })
}

function migrateOf(text: string): MigrateFunction | undefined {
  const match = MIGRATE.exec(text)
  if (match === null) return undefined
  const parameters = (match[1] ?? '').split(',').flatMap((part): ScriptParameter[] => {
    const [, stars = '', name] = /^\s*(\*{0,2})(\w+)/.exec(part) ?? []
    if (name === undefined) return []
    const kind = stars === '**' ? 'keywords' : stars === '*' ? 'rest' : 'positional'
    return [{ name, kind, hasDefault: part.includes('=') }]
  })
  return { line: lineAt(text, match.index), parameters }
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}
