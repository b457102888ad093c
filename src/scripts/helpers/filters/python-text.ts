import {
  PythonFloat,
  type PythonList,
  PythonLiteralError,
  PythonTuple,
  type PythonValue,
  parsePythonLiteral,
} from '../../../text/index.js'
import { type GuestValue, PyBigInt, PyBytes, PyFloat, PyTuple } from '../../values/index.js'

/** What a text of Python is: a value, something that only Python can compute, or wrong. */
export type PythonText =
  | { readonly kind: 'value'; readonly value: PythonValue }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong'; readonly message: string }

/** Reads a text that is a literal in most cases and an expression (`uid`, `context_today()`) in some. */
export function readPythonText(text: string): PythonText {
  try {
    return { kind: 'value', value: parsePythonLiteral(text.trim()) }
  } catch (error) {
    if (!(error instanceof PythonLiteralError)) throw error
    const { pythonClass } = error
    if (pythonClass === 'ValueError' || pythonClass === 'Unsupported') return { kind: 'unknown' }
    return { kind: 'wrong', message: error.message }
  }
}

/** The same value as a script's interpreter would send it. */
export function guestValueOf(value: PythonValue): GuestValue {
  if (typeof value === 'bigint') return new PyBigInt(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof PythonFloat) return new PyFloat(value.value)
  if (value instanceof PythonTuple) return new PyTuple(value.items.map(guestValueOf))
  if (value instanceof Uint8Array) return new PyBytes(value)
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [guestValueOf(key), guestValueOf(item)]))
  }
  if (value instanceof Set) return new Set([...value].map(guestValueOf))
  return (value as PythonList).map(guestValueOf)
}
