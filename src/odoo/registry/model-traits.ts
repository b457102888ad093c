import { isTrue, itemsOf, type ModelClass, type SourceValue, textIn } from '../models/index.js'
import { lookUpAttribute, orderOfClass } from './class-nodes.js'
import { ModelState, type ModelTraits } from './model-state.js'
import type { SqlConstraint } from './registry-model.js'

/** What the classes and parents of a model say of it as a whole (BaseModel._build_model_attributes). */
export function traitsOf(state: ModelState): ModelTraits {
  const auto = isTrue(state.attribute('_auto'))
  let description = state.name
  let table = state.name.replaceAll('.', '_')
  let logAccess = auto
  const inherits = new Map<string, string>()
  for (const base of [...state.bases].reverse()) {
    if (base instanceof ModelState) {
      for (const [parent, link] of base.traits?.inherits ?? []) inherits.set(parent, link)
      continue
    }
    description = textIn(attributeOfClass(base, '_description')) || description
    table = textIn(attributeOfClass(base, '_table')) || table
    const log = attributeOfClass(base, '_log_access')
    if (log !== undefined) logAccess = isTrue(log)
    for (const [parent, link] of entriesOf(attributeOfClass(base, '_inherits'))) {
      inherits.set(parent, link)
    }
  }
  const constraints = constraintsOf(state, table)
  return { kind: kindOf(state), table, description, logAccess, auto, inherits, constraints }
}

/** What Python finds on the class itself, without the models that it is merged into. */
export function attributeOfClass(definition: ModelClass, name: string): SourceValue | undefined {
  return lookUpAttribute(orderOfClass(definition), name)
}

function kindOf(state: ModelState): ModelTraits['kind'] {
  if (isTrue(state.attribute('_transient'))) return 'transient'
  return isTrue(state.attribute('_abstract')) ? 'abstract' : 'model'
}

function entriesOf(value: SourceValue | undefined): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return []
  if (value.kind !== 'dict') return []
  return value.entries.flatMap(([key, link]) =>
    typeof key === 'string' && typeof link === 'string' ? [[key, link] as const] : [],
  )
}

/** Merged by key, parents first; the module is that of the most derived class that has the key. */
function constraintsOf(state: ModelState, table: string): readonly SqlConstraint[] {
  const merged = new Map<string, Omit<SqlConstraint, 'module' | 'name'>>()
  for (const base of [...state.bases].reverse()) {
    const entries =
      base instanceof ModelState
        ? (base.traits?.constraints ?? [])
        : readConstraints(attributeOfClass(base, '_sql_constraints'))
    for (const { key, definition, message } of entries)
      merged.set(key, { key, definition, message })
  }
  if (merged.size === 0) return []
  const modules = new Map<string, string>()
  for (const definition of [...state.classes()].reverse()) {
    for (const { key } of readConstraints(definition.attributes._sql_constraints)) {
      modules.set(key, definition.module)
    }
  }
  return [...merged.values()].map((entry) => ({
    ...entry,
    name: `${table}_${entry.key}`,
    module: modules.get(entry.key) ?? state.module,
  }))
}

function readConstraints(
  value: SourceValue | undefined,
): readonly Omit<SqlConstraint, 'module' | 'name'>[] {
  return (itemsOf(value) ?? []).flatMap((item) => {
    const [key, definition, message] = itemsOf(item) ?? []
    if (typeof key !== 'string' || typeof definition !== 'string') return []
    return [{ key, definition, message: textIn(message) ?? '' }]
  })
}
