import { PythonFloat } from './python-value.js'

/** A number, `imaginary`, or `invalid` (a decimal integer that begins with 0). */
export type PythonNumberResult = number | bigint | PythonFloat | 'imaginary' | 'invalid'

/** Reads a number token. */
export function readPythonNumber(token: string): PythonNumberResult {
  const plain = token.replaceAll('_', '').toLowerCase()
  if (/^0[xob]/.test(plain)) return integer(plain)
  if (plain.endsWith('j')) return 'imaginary'
  if (/[.e]/.test(plain)) return new PythonFloat(Number(plain))
  if (/^0+[1-9]/.test(plain)) return 'invalid'
  return integer(plain)
}

function integer(text: string): number | bigint {
  const value = BigInt(text)
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}
