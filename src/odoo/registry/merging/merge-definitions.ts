import type { FieldDefinition, SourceValue } from '../../models/index.js'
import { type FieldClassName, keepsArguments } from './field-classes.js'

/** A field of a model with the arguments of all its definitions. */
export interface MergedField extends FieldClassName {
  readonly name: string
  readonly args: Readonly<Record<string, SourceValue>>
  /** Those that count, oldest first. */
  readonly definitions: readonly FieldDefinition[]
  /** Without repetition. */
  readonly modules: readonly string[]
  readonly module: string | undefined
}

/**
 * Merges definitions of one field, oldest first: later arguments win, the last class decides, and what
 * comes before a definition of an unrelated class is dropped (Field._get_attrs).
 */
export function mergeDefinitions(
  name: string,
  definitions: readonly FieldDefinition[],
): MergedField | undefined {
  const last = definitions.at(-1)
  if (last === undefined) return undefined
  const kept: FieldDefinition[] = []
  for (const definition of definitions) {
    if (keepsArguments(definition, last)) kept.push(definition)
    else kept.length = 0
  }
  const args: Record<string, SourceValue> = {}
  for (const definition of kept) Object.assign(args, definition.args)
  const modules = kept.map(({ module }) => module).filter((module) => module !== '')
  return {
    name,
    args,
    fieldClass: last.fieldClass,
    ...(last.customClass !== undefined && { customClass: last.customClass }),
    definitions: kept,
    modules: [...new Set(modules)],
    module: modules.at(-1),
  }
}
