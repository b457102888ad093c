import type { ReleaseComparison } from '../compare/compare-releases.js'
import type { FieldRecord } from '../records/release-records.js'
import { similarity } from './similarity.js'

/** A guess: a model that is gone may live on under another name. */
export interface ModelSuggestion {
  readonly kind: 'model'
  readonly module: string
  readonly from: string
  readonly to: string
  /** From 0 to 1. */
  readonly likelihood: number
  readonly reasons: readonly string[]
}

/** Below this share of common fields, models are different things. */
const LEAST = 0.6
const FIELDS = 0.8
const MIN_FIELDS = 3
/** Every model has them. */
const COMMON = new Set(['display_name', '__last_update', '_order', '_inherits'])

/** Models of which the new release has one with mostly the same fields; those that apriori names are left out. */
export function suggestModelRenames(comparison: ReleaseComparison): readonly ModelSuggestion[] {
  const { renamedModels, mergedModels } = comparison.apriori
  const olds = new Set(comparison.onlyOld.map(({ model }) => model))
  const lines = [...comparison.modules.values()].flatMap(({ models }) => models)
  const gone = lines.filter(({ kind }) => kind === 'deleted').map(({ model }) => model)
  const added = lines.filter(({ kind }) => kind === 'new')
  const oldFields = fieldsByModel(comparison.onlyOld)
  const newFields = fieldsByModel(comparison.onlyNew)
  const pairs = gone.flatMap((from) => {
    if (renamedModels.has(from) || mergedModels.has(from) || !olds.has(from)) return []
    return added.flatMap(({ model: to, module }): readonly ModelSuggestion[] => {
      const share = commonShare(oldFields.get(from), newFields.get(to))
      const likelihood = share * FIELDS + similarity(from, to) * (1 - FIELDS)
      if (share < LEAST) return []
      const reasons = [`${Math.round(share * 100)} % of the fields are the same`]
      return [{ kind: 'model', module, from, to, likelihood: round(likelihood), reasons }]
    })
  })
  const taken = new Set<string>()
  return pairs
    .sort((a, b) => b.likelihood - a.likelihood)
    .filter(({ from, to }) => {
      if (taken.has(`-${from}`) || taken.has(`+${to}`)) return false
      taken.add(`-${from}`).add(`+${to}`)
      return true
    })
}

function fieldsByModel(records: readonly FieldRecord[]): ReadonlyMap<string, Set<string>> {
  const fields = new Map<string, Set<string>>()
  for (const { model, field, mode, attributes } of records) {
    if (mode !== 'create' || COMMON.has(field)) continue
    const known = fields.get(model) ?? new Set<string>()
    fields.set(model, known.add(`${field} ${attributes.type ?? ''}`))
  }
  return fields
}

function commonShare(a: Set<string> | undefined, b: Set<string> | undefined): number {
  if (a === undefined || b === undefined || a.size < MIN_FIELDS) return 0
  const common = [...a].filter((field) => b.has(field)).length
  return (2 * common) / (a.size + b.size)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
