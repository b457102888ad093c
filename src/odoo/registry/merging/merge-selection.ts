import {
  type FieldDefinition,
  isUnevaluated,
  itemsOf,
  type SourceValue,
} from '../../models/index.js'
import type { SelectionValue } from '../registry-field.js'

/** The values of a selection field, or that only a program knows them. */
export interface MergedSelection {
  readonly values: readonly SelectionValue[] | 'dynamic' | undefined
  readonly onDelete: Readonly<Record<string, SourceValue>>
}

/**
 * Merges `selection` and `selection_add` of all definitions, oldest first (Selection._setup_attrs). A
 * value given without a label is only positioned.
 */
export function mergeSelection(definitions: readonly FieldDefinition[]): MergedSelection {
  let order: readonly string[] | undefined
  let isDynamic = false
  let onDelete: Record<string, SourceValue> = {}
  const labels = new Map<string, string>()
  const modules = new Map<string, Set<string>>()
  const define = (pairs: readonly Pair[], module: string): void => {
    for (const [value, label] of pairs) {
      if (label === undefined) continue
      labels.set(value, label)
      if (module !== '') modules.set(value, (modules.get(value) ?? new Set()).add(module))
    }
  }
  for (const { args, module } of definitions) {
    if (args.selection !== undefined) {
      const pairs = pairsOf(args.selection)
      labels.clear()
      modules.clear()
      onDelete = {}
      isDynamic = pairs === undefined && args.selection !== null
      order = pairs?.map(([value]) => value)
      define(pairs ?? [], module)
    }
    const added = args.selection_add === undefined ? undefined : pairsOf(args.selection_add)
    if (added === undefined || order === undefined) continue
    const policies = policiesIn(args.ondelete)
    for (const [value] of added) {
      if (!order.includes(value)) onDelete[value] = 'set null'
    }
    Object.assign(onDelete, policies)
    order = mergeSequences(
      order,
      added.map(([value]) => value),
    )
    define(added, module)
  }
  if (order === undefined) return { values: isDynamic ? 'dynamic' : undefined, onDelete }
  const values = order.map((value) => ({
    value,
    label: labels.get(value) ?? '',
    modules: [...(modules.get(value) ?? [])],
  }))
  return { values, onDelete }
}

type Pair = readonly [value: string, label: string | undefined]

/** The items of both lists, each behind what is before it in either of them. */
export function mergeSequences(
  first: readonly string[],
  second: readonly string[],
): readonly string[] {
  const before = new Map<string, string[]>()
  for (const list of [first, second]) {
    for (const [index, item] of list.entries()) {
      const known = before.get(item) ?? []
      const previous = list[index - 1]
      if (previous !== undefined) known.push(previous)
      before.set(item, known)
    }
  }
  const merged = new Set<string>()
  const begun = new Set<string>()
  const visit = (item: string): void => {
    if (begun.has(item)) return
    begun.add(item)
    for (const other of before.get(item) ?? []) visit(other)
    merged.add(item)
  }
  for (const item of before.keys()) visit(item)
  return [...merged]
}

/** Pairs of value and label; undefined when it is no list, or not all of it is known. */
function pairsOf(value: SourceValue): readonly Pair[] | undefined {
  if (typeof value !== 'object' || value === null || !Array.isArray(value)) return undefined
  const pairs: Pair[] = []
  for (const item of value as readonly SourceValue[]) {
    const [key, label] = itemsOf(item) ?? []
    if (key === undefined || isUnevaluated(key)) return undefined
    pairs.push([textOf(key), label === undefined ? undefined : textOf(label)])
  }
  return pairs
}

function policiesIn(value: SourceValue | undefined): Record<string, SourceValue> {
  const policies: Record<string, SourceValue> = {}
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'dict') {
    return policies
  }
  for (const [key, policy] of value.entries) policies[textOf(key)] = policy
  return policies
}

/** Values of old releases may be numbers; labels that only Python knows are empty. */
function textOf(value: SourceValue): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
