import { type GuestValue, RecordRef } from '../../values/index.js'
import { idsOf } from '../domain/leaf-values.js'
import { itemsOf } from '../domain/parse-domain.js'
import { invalid } from '../guest-errors.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldOf } from '../select/place.js'
import { writeLines } from './lines.js'
import { writeLinks } from './links.js'
import type { RecordValues } from './record-values.js'
import { writeThrough } from './related-targets.js'
import type { RowValues } from './write.js'

/** A command of a list field, in Odoo's words. */
export type ListCommand =
  | { readonly kind: 'create'; readonly values: RecordValues }
  | { readonly kind: 'update'; readonly id: number; readonly values: RecordValues }
  | { readonly kind: 'delete'; readonly id: number }
  | { readonly kind: 'unlink'; readonly id: number }
  | { readonly kind: 'link'; readonly id: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'set'; readonly ids: readonly number[] }

/** Commands for the same list of some records. */
export interface ListCommands {
  readonly ids: readonly number[]
  readonly commands: readonly ListCommand[]
}

/** Executes the commands of list fields, in a number of statements that does not depend on the rows. */
export async function applyCommands(
  scope: OrmScope,
  schema: ModelSchema,
  rows: readonly RowValues[],
): Promise<void> {
  for (const name of new Set(rows.flatMap(({ values }) => [...values.keys()]))) {
    const field = fieldOf(schema, name)
    const some = rows.filter(({ values }) => values.has(name))
    if (field.kind === 'related') {
      const path = (field.related ?? '').split('.')
      const last = path.at(-1) ?? ''
      const through = some.map(({ ids, values }) => ({
        ids,
        values: new Map([[last, values.get(name) ?? null]]),
      }))
      await writeThrough(scope, schema, path.slice(0, -1), through)
      continue
    }
    const commands = some.map(({ ids, values }) => ({
      ids,
      commands: commandsOf(name, values.get(name) ?? null),
    }))
    if (field.type === 'many2many') await writeLinks(scope, schema, field, commands)
    else await writeLines(scope, schema, field, commands)
  }
}

/** Reads the value of a list field: commands, ids or a recordset, which replace the list. */
export function commandsOf(name: string, value: GuestValue): readonly ListCommand[] {
  if (value === null || value === false) return [{ kind: 'clear' }]
  if (value instanceof RecordRef) return [{ kind: 'set', ids: value.ids }]
  const items = itemsOf(value)
  if (items === undefined) throw invalid(`Wrong value for ${name}: not a list of commands`)
  if (items.length > 0 && items.every((item) => typeof item === 'number')) {
    return [{ kind: 'set', ids: idsOf(value) }]
  }
  return items.map((item) => commandOf(name, item))
}

function commandOf(name: string, item: GuestValue): ListCommand {
  if (item instanceof RecordRef) return { kind: 'set', ids: item.ids }
  const [code = null, first = null, second = null] = itemsOf(item) ?? []
  switch (code) {
    case 0:
      return { kind: 'create', values: dict(name, second) }
    case 1:
      return { kind: 'update', id: one(name, first), values: dict(name, second) }
    case 2:
      return { kind: 'delete', id: one(name, first) }
    case 3:
      return { kind: 'unlink', id: one(name, first) }
    case 4:
      return { kind: 'link', id: one(name, first) }
    case 5:
      return { kind: 'clear' }
    case 6:
      return { kind: 'set', ids: second === null || second === false ? [] : idsOf(second) }
    default:
      throw invalid(`Wrong command for ${name}: ${String(code)}`)
  }
}

function one(name: string, value: GuestValue): number {
  const [id, more] = idsOf(value)
  if (id === undefined || more !== undefined) throw invalid(`Wrong command for ${name}: no record`)
  return id
}

function dict(name: string, value: GuestValue): RecordValues {
  if (!(value instanceof Map)) throw invalid(`Wrong command for ${name}: no values`)
  return new Map([...value].map(([key, item]) => [String(key), item]))
}
