import { raw, type Sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'

const QUOTED = /^"((?:[^"]|"")*)"$/
const TYPE = /^[a-z_"][\w ".]*(\(\s*\d+\s*(,\s*\d+\s*)?\))?( with(out)? time zone)?\s*(\[\s*\])*$/i

/**
 * The name that PostgreSQL sees in unquoted text, which openupgradelib puts into its statements: in lower
 * case, unless the script quoted it itself (`'"column"'`).
 */
export function unquotedName(text: string): string {
  const inside = QUOTED.exec(text)?.[1]
  return inside === undefined ? text.toLowerCase() : inside.replaceAll('""', '"')
}

/** A column type as scripts write it: `varchar(16)`, `double precision`, `integer[]`. */
export function sqlType(text: string): Sql {
  if (TYPE.test(text.trim())) return raw(text.trim())
  throw new GuestError('value', `Not a column type: ${text}`)
}
