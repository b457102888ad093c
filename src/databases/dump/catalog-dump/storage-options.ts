import type { CatalogSource } from './catalog-source.js'
import { stringLiteral } from './string-literal.js'

/**
 * Options as they stand in `reloptions` (`fillfactor=70`), for the parentheses of WITH or SET:
 * `fillfactor='70'`; `prefix` is `toast.` for those of a TOAST table.
 */
export function formatOptions(
  source: Pick<CatalogSource, 'quote'>,
  options: readonly string[] | null,
  prefix = '',
): string[] {
  return (options ?? []).map((option) => {
    const at = option.indexOf('=')
    const name = at < 0 ? option : option.slice(0, at)
    const value = at < 0 ? '' : option.slice(at + 1)
    // A word that needs no quotes as an identifier is no number and no keyword either.
    const written = value !== '' && source.quote(value) === value ? value : stringLiteral(value)
    return `${prefix}${source.quote(name)}=${written}`
  })
}

/** ` WITH (…)`, or nothing without options; `before` is the space or line break in front of it. */
export function withOptions(options: readonly string[], before = ' '): string {
  return options.length === 0 ? '' : `${before}WITH (${options.join(', ')})`
}
