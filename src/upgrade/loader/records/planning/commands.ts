import { itemsOf, type SourceValue } from '../../../../odoo/models/index.js'
import { type FieldValue, isBinary } from '../pending-record.js'

/** An instruction for an x2many field. */
export type Command =
  | { readonly kind: 'create'; readonly values: ReadonlyMap<string, SourceValue> }
  | {
      readonly kind: 'update'
      readonly id: number
      readonly values: ReadonlyMap<string, SourceValue>
    }
  | { readonly kind: 'delete' | 'unlink' | 'link'; readonly id: number }
  | { readonly kind: 'set'; readonly ids: readonly number[] }

const KINDS = ['create', 'update', 'delete', 'unlink', 'link', 'clear', 'set'] as const

/** Reads the value of an x2many field; undefined for what is no such value. */
export function commandsOf(value: FieldValue): readonly Command[] | undefined {
  if (isBinary(value)) return undefined
  if (value === null || value === false || value === '') return [{ kind: 'set', ids: [] }]
  const items = listOf(value)
  if (items === undefined) return undefined
  if (items.every((item) => typeof item === 'number')) {
    return [{ kind: 'set', ids: items as readonly number[] }]
  }
  const commands: Command[] = []
  for (const item of items) {
    const command = commandOf(item)
    if (command === undefined) return undefined
    commands.push(command)
  }
  return commands
}

function commandOf(value: SourceValue): Command | undefined {
  const [code, id = 0, argument = null] = listOf(value) ?? []
  const kind = typeof code === 'number' ? KINDS[code] : undefined
  switch (kind) {
    case 'create':
    case 'update': {
      const values = dictOf(argument)
      if (values === undefined) return undefined
      return kind === 'create' ? { kind, values } : { kind, id: Number(id), values }
    }
    case 'delete':
    case 'unlink':
    case 'link':
      return { kind, id: Number(id) }
    case 'clear':
      return { kind: 'set', ids: [] }
    case 'set':
      return { kind, ids: (listOf(argument) ?? []).map(Number) }
    default:
      return undefined
  }
}

function dictOf(value: SourceValue): ReadonlyMap<string, SourceValue> | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  if (value.kind !== 'dict') return undefined
  return new Map(value.entries.map(([key, item]) => [String(key), item]))
}

function listOf(value: SourceValue): readonly SourceValue[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return itemsOf(value)
}
