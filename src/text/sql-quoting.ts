import { UserError } from '../base/index.js'

/**
 * A PostgreSQL identifier, always quoted, so that no name can end the quotes: `ta"ble` becomes
 * `"ta""ble"`. Same result as `quote_ident` except that quotes are never left out.
 */
export function quoteIdentifier(name: string): string {
  refuseNul(name)
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * A PostgreSQL string literal, independent of `standard_conforming_strings`: text with a backslash
 * is written in the E'' form, as libpq's PQescapeLiteral does.
 */
export function quoteLiteral(value: string): string {
  refuseNul(value)
  const quoted = value.replaceAll("'", "''")
  return quoted.includes('\\') ? ` E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`
}

function refuseNul(text: string): void {
  if (text.includes('\0')) {
    throw new UserError('NUL_CHARACTER', 'PostgreSQL names and texts cannot hold a NUL character', {
      hint: 'Remove the character with code 0 from the value.',
    })
  }
}
