import {
  isTruthy,
  iteratePython,
  type PythonDict,
  PythonFloat,
  type PythonValue,
} from '../../text/index.js'

/** Python's `str(value)` for what manifests hold where a text is expected; None and the like are empty. */
export function textOf(value: PythonValue | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof PythonFloat) return String(value.value)
  return ''
}

/** The text that a column gets: a list of texts as Python writes it. */
export function writtenOf(value: PythonValue | undefined): string {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    return textOf(value)
  const quoted = value.map((item) =>
    item.includes("'") && !item.includes('"') ? `"${item}"` : `'${item.replaceAll("'", "\\'")}'`,
  )
  return `[${quoted.join(', ')}]`
}

/** The texts of a list, tuple, set or dict; of a text its characters, as Python iterates. */
export function textsOf(value: PythonValue | undefined): readonly string[] {
  return (iteratePython(value) ?? []).filter((item) => typeof item === 'string')
}

/** A text, or undefined for an empty or absent one. */
export function nameOf(value: PythonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function numberOf(value: PythonValue | undefined, fallback: number): number {
  if (value instanceof PythonFloat) return value.value
  // Some manifests write it as a text, which PostgreSQL takes as a number.
  if (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value)) return Number(value)
  return typeof value === 'number' ? value : fallback
}

/** Odoo's default when the key is absent; what is written otherwise, `None` too. */
export function flagOf(dict: PythonDict, key: string, fallback: boolean): boolean {
  return dict.has(key) ? isTruthy(dict.get(key)) : fallback
}
