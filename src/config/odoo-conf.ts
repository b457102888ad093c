import { readFile } from 'node:fs/promises'
import { codeOf, UserError } from '../base/index.js'
import { readIni } from '../text/index.js'

/** Options of odoo.conf's `[options]`, as texts; what is `False`, `None` or empty is absent. */
export type OdooOptions = Readonly<Record<string, string>>

const UNSET: ReadonlySet<string> = new Set(['', 'false', 'none'])

/**
 * Reads the `[options]` of an odoo.conf.
 *
 * Errors: CONFIG_UNREADABLE, INI_INVALID.
 */
export async function readOdooConf(file: string): Promise<OdooOptions> {
  const sections = readIni(await readText(file), file)
  return Object.fromEntries(
    [...(sections.get('options') ?? [])].filter(([, value]) => !UNSET.has(value.toLowerCase())),
  )
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UserError('CONFIG_UNREADABLE', `The configuration file ${file} cannot be read`, {
      cause: error,
      place: { file },
      hint:
        codeOf(error) === 'ENOENT' ? 'There is no such file; check -c.' : 'Check its permissions.',
    })
  }
}
