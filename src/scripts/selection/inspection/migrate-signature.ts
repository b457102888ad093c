import { type Release, releaseRules } from '../../../odoo/release/index.js'
import type { ScriptInspection, ScriptParameter } from './script-inspection.js'

/** Names that Odoo 18 allows, in this order. */
const NAMES = [
  ['cr', '_cr'],
  ['version', '_version'],
] as const
/** openupgradelib adds this pair as soon as a script imports it. */
const LIBRARY_NAMES = 'env, version'

/** Why Odoo would not call `migrate` as it is written; undefined when it would, or when the text cannot tell. */
export function signatureProblem(
  inspection: ScriptInspection,
  release: Release,
): string | undefined {
  const parameters = inspection.migrate?.parameters
  if (parameters === undefined) return undefined
  const written = `migrate(${parameters.map(asWritten).join(', ')})`
  if (!releaseRules(release).checksMigrateSignature) {
    return takesTwo(parameters) ? undefined : `${written} cannot be called with two arguments`
  }
  const names = parameters.map(({ name }) => name)
  const areNames =
    names.length === NAMES.length &&
    NAMES.every((allowed, at) => allowed.some((name) => name === names[at]))
  const isLibrary =
    names.join(', ') === LIBRARY_NAMES &&
    inspection.imports.some(({ module }) => /^openupgradelib(?:\.|$)/.test(module))
  const arePositional = parameters.every(({ kind }) => kind === 'positional')
  if ((areNames || isLibrary) && arePositional) return undefined
  return `${written} is not migrate(cr, version)`
}

function takesTwo(parameters: readonly ScriptParameter[]): boolean {
  const positional = parameters.filter(({ kind }) => kind === 'positional')
  const needed = positional.filter(({ hasDefault }) => !hasDefault).length
  const takesMore = parameters.some(({ kind }) => kind === 'rest')
  const needsNames = parameters.some(
    ({ kind, hasDefault }) => kind === 'keyword-only' && !hasDefault,
  )
  return needed <= 2 && (positional.length >= 2 || takesMore) && !needsNames
}

function asWritten({ name, kind }: ScriptParameter): string {
  const stars = { positional: '', 'keyword-only': '', rest: '*', keywords: '**' }
  return `${stars[kind]}${name}`
}
