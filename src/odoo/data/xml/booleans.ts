const FALSE = new Set(['0', 'false', 'off'])

/** A boolean attribute as Odoo reads it: absent or blank says nothing, `0`, `false` and `off` are false. */
export function booleanOf(text: string | undefined): boolean | undefined {
  const value = text?.trim().toLowerCase()
  if (value === undefined || value === '') return undefined
  return !FALSE.has(value)
}
