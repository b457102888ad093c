import { quoteIdentifier, quoteLiteral } from '../text/index.js'

/** What may be sent as a parameter; everything else must be made text by its owner. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array | readonly SqlValue[]

/** One SQL statement, or a fragment of one, as a value: text with `$n` and the parameters. */
export interface Sql {
  readonly kind: 'sql'
  readonly text: string
  readonly values: readonly SqlValue[]
}

type Part = Sql | SqlValue

function isSql(part: Part): part is Sql {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'sql'
}

/** A fragment's text with its `$n` moved up; text without parameters stays as it is. */
function renumber(part: Sql, by: number): string {
  if (part.values.length === 0) return part.text
  return part.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + by}`)
}

/**
 * A statement from a template. Values become parameters, fragments (`id`, `lit`, `join`, another
 * `sql`) become part of the text; nothing else can enter it.
 *
 * @example
 * sql`SELECT ${id('name')} FROM ${id('public', 'res_partner')} WHERE id = ${7}`
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly Part[]): Sql {
  let text = strings[0] ?? ''
  const values: SqlValue[] = []
  parts.forEach((part, index) => {
    if (isSql(part)) {
      text += renumber(part, values.length)
      values.push(...part.values)
    } else {
      values.push(part)
      text += `$${values.length}`
    }
    text += strings[index + 1] ?? ''
  })
  return { kind: 'sql', text, values }
}

/** A quoted identifier, qualified when several names are given: `"public"."res_partner"`. */
export function id(...names: readonly string[]): Sql {
  return raw(names.map(quoteIdentifier).join('.'))
}

/** A quoted string literal, for statements that take no parameters (DDL, SET). */
export function lit(value: string): Sql {
  return raw(quoteLiteral(value))
}

/**
 * Text taken as it is: for statements that come as text, such as a dump's or a script's own. Never
 * for text put together from names or values. `$1` inside is not a parameter.
 */
export function raw(text: string): Sql {
  return { kind: 'sql', text, values: [] }
}

/** Fragments one after the other. */
export function join(parts: readonly Sql[], separator = ', '): Sql {
  let text = ''
  const values: SqlValue[] = []
  parts.forEach((part, index) => {
    if (index > 0) text += separator
    text += renumber(part, values.length)
    values.push(...part.values)
  })
  return { kind: 'sql', text, values }
}
