import { UserError } from '../../base/index.js'
import {
  CursorRef,
  EnvironmentRef,
  type GuestValue,
  PyBigInt,
  PyBytes,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyFloat,
  PyTime,
  PyTimedelta,
  PyTuple,
  RawSql,
  RecordRef,
  SqlJson,
} from './guest-value.js'

/**
 * JSON as it crosses: what JSON can say stays as it is; everything else is `{"$": tag, "v": value}`.
 * A `dict` whose keys are all strings, none of them `$`, is an object.
 */
export type WireValue =
  | null
  | boolean
  | number
  | string
  | readonly WireValue[]
  | { readonly [key: string]: WireValue }

/** Reads a value that the guest sent; the guest is not trusted to send a well-formed one. */
export function decodeValue(wire: unknown): GuestValue {
  if (wire === null || typeof wire === 'boolean' || typeof wire === 'string') return wire
  if (typeof wire === 'number') return wire
  if (Array.isArray(wire)) return wire.map(decodeValue)
  if (typeof wire !== 'object') throw malformed(wire)
  const entries = Object.entries(wire as Record<string, unknown>)
  if (!Object.hasOwn(wire, '$')) {
    return new Map(entries.map(([key, value]) => [key, decodeValue(value)]))
  }
  const { $: tag, v: value } = wire as { $: unknown; v: unknown }
  return decodeTagged(tag, value)
}

function decodeTagged(tag: unknown, value: unknown): GuestValue {
  switch (tag) {
    case 't':
      return new PyTuple(list(value).map(decodeValue))
    case 's':
      return new Set(list(value).map(decodeValue))
    case 'd':
      return new Map(list(value).map((pair) => decodePair(list(pair))))
    case 'i':
      return new PyBigInt(BigInt(text(value)))
    case 'f':
      return new PyFloat(Number(text(value).replace('inf', 'Infinity').replace('nan', 'NaN')))
    case 'n':
      return new PyDecimal(text(value))
    case 'dt':
      return new PyDateTime(text(value))
    case 'da':
      return new PyDate(text(value))
    case 'tm':
      return new PyTime(text(value))
    case 'td':
      return new PyTimedelta(text(value))
    case 'b':
      return new PyBytes(Buffer.from(text(value), 'base64'))
    case 'as':
    case 'sql':
      return new RawSql(text(value))
    case 'js':
      return new SqlJson(decodeValue(value))
    case 'rec':
      return decodeRecord(value)
    case 'cr':
      return new CursorRef()
    case 'env':
      return decodeEnvironment(value)
    default:
      throw malformed(tag)
  }
}

function decodePair(pair: readonly unknown[]): [GuestValue, GuestValue] {
  if (pair.length !== 2) throw malformed(pair)
  return [decodeValue(pair[0]), decodeValue(pair[1])]
}

function decodeRecord(value: unknown): RecordRef {
  if (typeof value !== 'object' || value === null) throw malformed(value)
  const { m: model, i: ids } = value as { m?: unknown; i?: unknown }
  const numbers = list(ids)
  if (!numbers.every((id): id is number => Number.isSafeInteger(id))) throw malformed(ids)
  return new RecordRef(text(model), numbers)
}

function decodeEnvironment(value: unknown): EnvironmentRef {
  const context = value === undefined || value === null ? new Map() : decodeValue(value)
  if (!(context instanceof Map)) throw malformed(value)
  return new EnvironmentRef(context)
}

/** Writes a value for the guest. */
export function encodeValue(value: GuestValue): WireValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return encodeNumber(value)
  if (Array.isArray(value)) return value.map(encodeValue)
  if (value instanceof Map) return encodeMap(value)
  if (value instanceof Set) return { $: 's', v: [...value].map(encodeValue) }
  if (value instanceof PyTuple) return { $: 't', v: value.items.map(encodeValue) }
  if (value instanceof PyBigInt) return { $: 'i', v: value.value.toString() }
  if (value instanceof PyFloat) return encodeFloat(value.value)
  if (value instanceof PyDecimal) return { $: 'n', v: value.text }
  if (value instanceof PyDateTime) return { $: 'dt', v: value.text }
  if (value instanceof PyDate) return { $: 'da', v: value.text }
  if (value instanceof PyTime) return { $: 'tm', v: value.text }
  if (value instanceof PyTimedelta) return { $: 'td', v: value.text }
  if (value instanceof PyBytes) return { $: 'b', v: Buffer.from(value.bytes).toString('base64') }
  if (value instanceof RawSql) return { $: 'as', v: value.text }
  if (value instanceof SqlJson) return { $: 'js', v: encodeValue(value.value) }
  if (value instanceof RecordRef) return { $: 'rec', v: { m: value.model, i: value.ids } }
  if (value instanceof CursorRef) return { $: 'cr' }
  if (value instanceof EnvironmentRef) return { $: 'env', v: encodeValue(value.context) }
  throw malformed(value)
}

function encodeNumber(value: number): WireValue {
  return Number.isFinite(value) ? value : encodeFloat(value)
}

function encodeFloat(value: number): WireValue {
  if (Number.isFinite(value)) return { $: 'f', v: String(value) }
  return { $: 'f', v: String(value).replace('Infinity', 'inf').replace('NaN', 'nan') }
}

function encodeMap(value: ReadonlyMap<GuestValue, GuestValue>): WireValue {
  const entries = [...value]
  if (entries.every(([key]) => typeof key === 'string' && key !== '$' && key !== '__proto__')) {
    return Object.fromEntries(entries.map(([key, item]) => [String(key), encodeValue(item)]))
  }
  return { $: 'd', v: entries.map(([key, item]) => [encodeValue(key), encodeValue(item)]) }
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(value)
  return value
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw malformed(value)
  return value
}

function malformed(value: unknown): UserError {
  return new UserError(
    'GUEST_MESSAGE_MALFORMED',
    `The script's interpreter sent something that is no value: ${String(JSON.stringify(value)).slice(0, 200)}`,
    { hint: 'A script must not talk to the host by itself; use the cursor and the environment.' },
  )
}
