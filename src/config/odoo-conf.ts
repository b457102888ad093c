import { readFile } from 'node:fs/promises'
import { codeOf, UsageError, UserError } from '../base/index.js'
import { readIni } from '../text/index.js'

/** A value of odoo.conf: `True` and `False` are booleans, some options are numbers. */
export type ConfValue = string | boolean | number

/** An odoo.conf as odoo-bin reads it. */
export interface OdooConf {
  readonly file: string
  /** `[options]`, known and unknown ones; `init` and `update` have no effect in a file. */
  readonly options: ReadonlyMap<string, ConfValue>
  /** All other sections, such as `[openupgrade]`. */
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, ConfValue>>
}

/** What an odoo.conf would say that is not there. */
export const NO_CONF: OdooConf = { file: '', options: new Map(), sections: new Map() }

/** Names that options had before (odoo/tools/config.py). */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['xmlrpc_port', 'http_port'],
  ['xmlrpc_interface', 'http_interface'],
  ['xmlrpc', 'http_enable'],
])
const IGNORED: ReadonlySet<string> = new Set(['init', 'update'])
const INTEGERS: ReadonlySet<string> = new Set(
  `db_maxconn db_maxconn_gevent db_port db_replica_port gevent_port http_port limit_memory_hard
  limit_memory_soft limit_request limit_time_cpu limit_time_real limit_time_real_cron longpolling_port
  max_cron_threads osv_memory_count_limit smtp_port workers`.split(/\s+/),
)
const NUMBERS: ReadonlySet<string> = new Set(['osv_memory_age_limit', 'transient_age_limit'])
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
])
const UNSET: ReadonlySet<string> = new Set(['', 'false', 'none'])

/**
 * Reads an odoo.conf.
 *
 * Errors: CONFIG_UNREADABLE, INI_INVALID, CONFIG_VALUE_INVALID for a number that is none.
 */
export async function readOdooConf(file: string): Promise<OdooConf> {
  const sections = new Map(
    [...readIni(await readText(file), file)].map(([name, values]) => [
      name,
      new Map([...values].map(([key, text]) => [key, BOOLEANS.get(text) ?? text] as const)),
    ]),
  )
  const options = new Map(
    [...(sections.get('options') ?? [])]
      .map(([name, value]) => [OLD_NAMES.get(name) ?? name, value] as const)
      .filter(([name]) => !IGNORED.has(name))
      .map(([name, value]) => [name, toNumber(name, value, file)] as const),
  )
  sections.delete('options')
  return { file, options, sections }
}

/** The text of an option; what is `False`, `None` or empty is not set. */
export function confText(conf: OdooConf, name: string): string | undefined {
  const value = conf.options.get(name)
  if (value === undefined || UNSET.has(String(value).toLowerCase())) return undefined
  return String(value)
}

/** Whether Python takes the option for true: any text but the empty one is. */
export function confFlag(conf: OdooConf, name: string): boolean {
  return Boolean(conf.options.get(name))
}

function toNumber(name: string, value: ConfValue, file: string): ConfValue {
  if (typeof value !== 'string' || UNSET.has(value.toLowerCase())) return value
  if (!INTEGERS.has(name) && !NUMBERS.has(name)) return value
  const number = Number(value)
  if (INTEGERS.has(name) ? Number.isInteger(number) : Number.isFinite(number)) return number
  throw new UsageError('CONFIG_VALUE_INVALID', `${name} = ${value} is no number`, {
    place: { file, object: name },
    hint: 'Correct the value, or remove the line.',
  })
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
