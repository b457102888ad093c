import { UserError } from '../../base/index.js'

/** PostgreSQL's limit, in bytes; longer names would be cut silently. */
const LONGEST = 63
/** Odoo's web form (`^[a-zA-Z0-9][a-zA-Z0-9_.-]+$`), here demanded on every path: it becomes a folder. */
const PATTERN = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/
const RESERVED: ReadonlySet<string> = new Set(['postgres', 'template0', 'template1'])

/** Names of databases that an operation is still building; never shown, removed when orphaned. */
export const STAGING_PREFIX = 'moult_tmp_'

/** Checks the name of a database that is to be made; returns it. */
export function checkDatabaseName(name: string): string {
  const reason = objection(name)
  if (reason === undefined) return name
  throw new UserError(
    'DATABASE_NAME_INVALID',
    `"${printable(name)}" cannot name a database: ${reason}`,
    {
      hint: 'Use 2 to 63 letters, digits, dots, underscores and hyphens, beginning with a letter or digit.',
      data: { name },
    },
  )
}

function objection(name: string): string | undefined {
  if (name.length < 2) return 'it is too short'
  if (Buffer.byteLength(name) > LONGEST) return `it is longer than ${LONGEST} bytes`
  if (!PATTERN.test(name)) return 'it has characters that are not allowed'
  if (name.includes('..')) return 'it holds two dots in a row'
  if (RESERVED.has(name)) return 'PostgreSQL keeps this name for itself'
  if (name.startsWith(STAGING_PREFIX))
    return `names beginning with ${STAGING_PREFIX} are moult's own`
  return undefined
}

/** Control characters of a hostile name must not reach the terminal. */
function printable(name: string): string {
  return JSON.stringify(name).slice(1, -1)
}
