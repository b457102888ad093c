import type { SourceFloat, SourceInteger } from '../source-value.js'
import type { RuntimeValue } from './runtime-value.js'

const LARGEST_BITS = 4096n

/** The value as an integer, booleans included; undefined for anything else. */
export function integerOf(value: RuntimeValue | undefined): bigint | undefined {
  if (typeof value === 'number') return BigInt(value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  return value.kind === 'integer' ? BigInt(value.digits) : undefined
}

/** The value as a float; undefined for what is no number. */
export function floatOf(value: RuntimeValue | undefined): number | undefined {
  const integer = integerOf(value)
  if (integer !== undefined) return Number(integer)
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  return value.kind === 'float' ? value.value : undefined
}

export function isFloat(value: RuntimeValue): value is SourceFloat {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'float'
}

/** An integer as it is kept: a number where that holds it. */
export function fromInteger(value: bigint): number | SourceInteger {
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : { kind: 'integer', digits: String(value) }
}

/** Arithmetic by Python's rules; undefined where Python raises or a number gets too large. */
export function arithmetic(
  operator: string,
  left: RuntimeValue,
  right: RuntimeValue,
): RuntimeValue | undefined {
  const [a, b] = [integerOf(left), integerOf(right)]
  if (a !== undefined && b !== undefined) return onIntegers(operator, a, b)
  const [x, y] = [floatOf(left), floatOf(right)]
  if (x === undefined || y === undefined) return undefined
  const value = onFloats(operator, x, y)
  return value === undefined || !Number.isFinite(value) ? undefined : { kind: 'float', value }
}

/** Python's text of a float: the shortest that reads back the same. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  const [digits = '', exponentText = '0'] = Math.abs(value).toExponential().split('e')
  const exponent = Number(exponentText)
  const sign = value < 0 ? '-' : ''
  if (exponent < -4 || exponent >= 16) {
    const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
    return `${sign}${digits}e${power}`
  }
  const text = Math.abs(value).toFixed(Math.max(0, digits.replace('.', '').length - 1 - exponent))
  return `${sign}${text}${text.includes('.') ? '' : '.0'}`
}

function onIntegers(operator: string, a: bigint, b: bigint): RuntimeValue | undefined {
  switch (operator) {
    case '+':
      return fromInteger(a + b)
    case '-':
      return fromInteger(a - b)
    case '*':
      return isHuge(a) || isHuge(b) ? undefined : fromInteger(a * b)
    case '/': {
      const value = b === 0n ? undefined : Number(a) / Number(b)
      // Python rounds a quotient of large integers once, this would round three times.
      const isExact = Number.isSafeInteger(Number(a)) && Number.isSafeInteger(Number(b))
      return value === undefined || !isExact ? undefined : { kind: 'float', value }
    }
    case '//':
      return b === 0n ? undefined : fromInteger(floorDivide(a, b))
    case '%':
      return b === 0n ? undefined : fromInteger(a - b * floorDivide(a, b))
    case '**':
      return power(a, b)
    case '|':
      return fromInteger(a | b)
    case '&':
      return fromInteger(a & b)
    case '^':
      return fromInteger(a ^ b)
    case '<<':
      return b < 0n || b > LARGEST_BITS || isHuge(a) ? undefined : fromInteger(a << b)
    case '>>':
      return b < 0n || b > LARGEST_BITS ? undefined : fromInteger(a >> b)
    default:
      return undefined
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

function power(a: bigint, b: bigint): RuntimeValue | undefined {
  if (b < 0n) return undefined
  const bits = BigInt(a.toString(2).length)
  return bits * b > LARGEST_BITS ? undefined : fromInteger(a ** b)
}

function isHuge(value: bigint): boolean {
  return value.toString(16).length * 4 > Number(LARGEST_BITS)
}

function onFloats(operator: string, x: number, y: number): number | undefined {
  switch (operator) {
    case '+':
      return x + y
    case '-':
      return x - y
    case '*':
      return x * y
    case '/':
      return y === 0 ? undefined : x / y
    default:
      return undefined
  }
}
