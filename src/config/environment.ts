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
  /** The user's home folder: `~`. */
  readonly userHome: string
  /** odoo.conf as ODOO_RC or OPENERP_SERVER name it. */
  readonly odooConfigFile: string | undefined
  /** OpenUpgrade's variables that are set, unread: their values are checked where they are needed. */
  readonly openUpgrade: Readonly<Record<string, string>>
  /** libpq's variables that are set. */
  readonly postgres: Readonly<Record<string, string>>
  readonly isCi: boolean
  readonly noColor: boolean
  /** All variables, for `$NAME` in paths of configuration files. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

type Variables = Readonly<Record<string, string | undefined>>

/** Reads the environment; nothing else in moult does. */
export function readEnvironment(variables: Variables = process.env): Environment {
  const userHome = variables.HOME || homedir()
  const data = variables.XDG_DATA_HOME || join(userHome, '.local', 'share')
  const cache = variables.XDG_CACHE_HOME || join(userHome, '.cache')
  return {
    home: variables.MOULT_HOME || join(data, 'moult'),
    cache: variables.MOULT_CACHE || join(cache, 'moult'),
    odooDataDirectory: join(data, 'Odoo'),
    userHome,
    odooConfigFile: variables.ODOO_RC || variables.OPENERP_SERVER || undefined,
    openUpgrade: withPrefix(variables, 'OPENUPGRADE_'),
    postgres: withPrefix(variables, 'PG'),
    isCi: Boolean(variables.CI),
    noColor: Boolean(variables.NO_COLOR),
    variables,
  }
}

function withPrefix(variables: Variables, prefix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined && value !== '' ? [[name, value]] : [],
    ),
  )
}
