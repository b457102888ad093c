import type { ReleaseComparison } from '../compare/compare-releases.js'
import type { FieldRecord } from '../records/release-records.js'
import { similarity } from './similarity.js'

/** A guess: two lines of an analysis that look like one thing under another name. */
export interface RenameSuggestion {
  readonly kind: 'field'
  readonly module: string
  readonly model: string
  readonly from: string
  readonly to: string
  /** From 0 to 1. */
  readonly likelihood: number
  readonly reasons: readonly string[]
}

/** Below this, a pair looks like chance. */
const LEAST = 0.5
const SAME_LABEL = 0.5
const SAME_RELATION = 0.25
const NAME_SHARE = 0.5

/**
 * Fields that may have been renamed: gone and new in the same model, with the same type and relation, and a
 * similar name or the same label. Each field is in one guess at most, the likeliest first.
 */
export function suggestRenames(comparison: ReleaseComparison): readonly RenameSuggestion[] {
  const gone = comparison.onlyOld.filter(isCandidate)
  const added = new Map<string, FieldRecord[]>()
  for (const record of comparison.onlyNew.filter(isCandidate)) {
    const others = added.get(record.model)
    if (others === undefined) added.set(record.model, [record])
    else others.push(record)
  }
  const { renamedModels } = comparison.apriori
  const pairs = gone.flatMap((old) => {
    const model = renamedModels.get(old.model) ?? old.model
    return (added.get(model) ?? []).flatMap((now) => judge(old, now))
  })
  return best(pairs).map(({ suggestion }) => suggestion)
}

interface Pair {
  readonly old: FieldRecord
  readonly now: FieldRecord
  readonly suggestion: RenameSuggestion
}

function isCandidate({ mode, field, attributes }: FieldRecord): boolean {
  return mode === 'create' && !field.startsWith('_') && attributes.stored !== undefined
}

function judge(old: FieldRecord, now: FieldRecord): readonly Pair[] {
  if (old.attributes.type !== now.attributes.type) return []
  if (old.attributes.relation !== now.attributes.relation) return []
  const reasons: string[] = []
  let likelihood = 0
  const alike = similarity(old.field, now.field)
  if (alike > 0.4) {
    likelihood += alike * NAME_SHARE
    reasons.push('similar names')
  }
  if (old.label !== undefined && old.label !== '' && old.label === now.label) {
    likelihood += SAME_LABEL
    reasons.push('the same label')
  }
  if (reasons.length > 0 && old.attributes.relation !== undefined) {
    likelihood += SAME_RELATION
    reasons.push('the same relation')
  }
  if (likelihood < LEAST) return []
  const suggestion = {
    kind: 'field',
    module: now.module,
    model: now.model,
    from: old.field,
    to: now.field,
    likelihood: Math.min(1, Math.round(likelihood * 100) / 100),
    reasons,
  } as const
  return [{ old, now, suggestion }]
}

function best(pairs: readonly Pair[]): readonly Pair[] {
  const taken = new Set<FieldRecord>()
  const sorted = [...pairs].sort((a, b) => b.suggestion.likelihood - a.suggestion.likelihood)
  return sorted.filter(({ old, now }) => {
    if (taken.has(old) || taken.has(now)) return false
    taken.add(old)
    taken.add(now)
    return true
  })
}
