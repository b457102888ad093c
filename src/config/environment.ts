import { homedir } from 'node:os'
import { join } from 'node:path'

/** What moult reads from the environment, all of it, in one place. */
export interface Environment {
  /** moult's own databases and their filestores. */
  readonly home: string
  /** What can be made again at any time. */
  readonly cache: string
  /** Odoo's data directory, by Odoo's own rules. */
  readonly odooDataDirectory: string
  /** libpq's variables that are set. */
  readonly postgres: Readonly<Record<string, string>>
  readonly isCi: boolean
  readonly noColor: boolean
}

type Variables = Readonly<Record<string, string | undefined>>

/** Reads the environment; nothing else in moult does. */
export function readEnvironment(variables: Variables = process.env): Environment {
  const data = variables.XDG_DATA_HOME || join(homedir(), '.local', 'share')
  const cache = variables.XDG_CACHE_HOME || join(homedir(), '.cache')
  return {
    home: variables.MOULT_HOME || join(data, 'moult'),
    cache: variables.MOULT_CACHE || join(cache, 'moult'),
    odooDataDirectory: join(data, 'Odoo'),
    postgres: Object.fromEntries(
      Object.entries(variables).flatMap(([name, value]) =>
        name.startsWith('PG') && value !== undefined && value !== '' ? [[name, value]] : [],
      ),
    ),
    isCi: Boolean(variables.CI),
    noColor: Boolean(variables.NO_COLOR),
  }
}
