import { UserError } from '../base/index.js'
import { iteratePython, type PythonValue, parsePythonLiteral } from '../text/index.js'
import type { OdooConf } from './odoo-conf.js'

/** The `[openupgrade]` section of odoo.conf: module → modules. */
export interface OpenUpgradeStanza {
  /** When the module is installed, these are installed too. */
  readonly autoinstall: ReadonlyMap<string, readonly string[]>
  /** Additional dependencies of the module, which decide on the order as well. */
  readonly forceDeps: ReadonlyMap<string, readonly string[]>
}

const SECTION = 'openupgrade'
/** OpenUpgrade read the second under both names. */
const AUTOINSTALL = ['autoinstall']
const FORCE_DEPS = ['force_deps', 'forced_deps']

/**
 * Reads the section for a release; a key with the release behind it (`autoinstall_16.0`) goes before the
 * one without. moult honours it for every release, OpenUpgrade did before 14.
 *
 * Errors: OPENUPGRADE_STANZA_INVALID for what is no dict of lists.
 */
export function readOpenUpgradeStanza(conf: OdooConf, series: string): OpenUpgradeStanza {
  const read = (names: readonly string[]): ReadonlyMap<string, readonly string[]> => {
    const section = conf.sections.get(SECTION)
    const key = [...names.map((name) => `${name}_${series}`), ...names].find((name) =>
      section?.has(name),
    )
    return key === undefined ? new Map() : modulesOf(String(section?.get(key)), key, conf.file)
  }
  return { autoinstall: read(AUTOINSTALL), forceDeps: read(FORCE_DEPS) }
}

function modulesOf(
  text: string,
  key: string,
  file: string,
): ReadonlyMap<string, readonly string[]> {
  if (text === '') return new Map()
  const invalid = (cause?: unknown): UserError =>
    new UserError('OPENUPGRADE_STANZA_INVALID', `[${SECTION}] ${key} is no dict of lists`, {
      place: { file, object: key },
      hint: `Write ${key} = {'module': ['other_module']}; lines behind the first are indented.`,
      ...(cause !== undefined && { cause }),
    })
  let value: PythonValue
  try {
    value = parsePythonLiteral(text, { file })
  } catch (error) {
    throw invalid(error)
  }
  if (!(value instanceof Map)) throw invalid()
  return new Map(
    [...value].map(([module, others]) => {
      const names = typeof others === 'string' ? undefined : iteratePython(others)
      if (typeof module !== 'string' || names === undefined) throw invalid()
      return [module, names.map((name) => (typeof name === 'string' ? name : raise(invalid())))]
    }),
  )
}

function raise(error: Error): never {
  throw error
}
