import { quoteIdentifier } from '../../../text/index.js'
import type { ArchiveEntry } from './archive-info.js'

const PARTITIONED_TABLE = 'p'

/** Statements of pg_restore before any entry, besides those the archive itself brings. */
export const FIRST_SETTINGS: readonly string[] = [
  'SET statement_timeout = 0',
  'SET lock_timeout = 0',
  'SET idle_in_transaction_session_timeout = 0',
]

/** Statements of pg_restore after the archive's own settings and before the first object. */
export const LAST_SETTINGS: readonly string[] = [
  'SET check_function_bodies = false',
  'SET xmloption = content',
  'SET client_min_messages = warning',
  'SET row_security = off',
]

/**
 * The parameters that say where objects are created: each entry names its schema, tablespace and
 * access method, and a statement is needed only where one changes.
 */
export class RestoreSettings {
  readonly #keepsSearchPath: boolean
  #schema: string | undefined
  #tablespace: string | undefined
  #accessMethod: string | undefined

  constructor(entries: readonly ArchiveEntry[]) {
    // Archives from 1.13 on qualify all names; older ones count on the search path.
    this.#keepsSearchPath = entries.some((entry) => entry.description === 'SEARCHPATH')
  }

  /** Statements to run before an entry. */
  before(entry: ArchiveEntry): readonly string[] {
    const statements: string[] = []
    const { namespace, tablespace, tableAccessMethod } = entry
    if (!this.#keepsSearchPath && namespace !== undefined && namespace !== this.#schema) {
      const path = namespace === 'pg_catalog' ? ['pg_catalog'] : [namespace, 'pg_catalog']
      statements.push(`SET search_path = ${path.map(quoteIdentifier).join(', ')}`)
      this.#schema = namespace
    }
    if (tablespace !== undefined && tablespace !== this.#tablespace) {
      const name = tablespace === '' ? "''" : quoteIdentifier(tablespace)
      statements.push(`SET default_tablespace = ${name}`)
      this.#tablespace = tablespace
    }
    if (
      tableAccessMethod !== undefined &&
      tableAccessMethod !== this.#accessMethod &&
      entry.relationKind !== PARTITIONED_TABLE
    ) {
      statements.push(`SET default_table_access_method = ${quoteIdentifier(tableAccessMethod)}`)
      this.#accessMethod = tableAccessMethod
    }
    return statements
  }

  /** Statements to run after an entry's definition. */
  after(entry: ArchiveEntry): readonly string[] {
    if (entry.relationKind !== PARTITIONED_TABLE || !entry.tableAccessMethod) return []
    const names = entry.namespace === undefined ? [entry.tag] : [entry.namespace, entry.tag]
    const table = names.map(quoteIdentifier).join('.')
    return [`ALTER TABLE ${table} SET ACCESS METHOD ${quoteIdentifier(entry.tableAccessMethod)}`]
  }
}
