import type { SqlToken } from '../../../text/index.js'
import {
  aboutServer,
  run,
  type SkipDecision,
  type StatementDecision,
  skip,
  skipAndTell,
  unexpected,
} from './decision.js'
import { isSymbol, type StatementCursor } from './statement-cursor.js'

/** Parameters that change what the rest of the dump means, and nothing else. */
const RUN: ReadonlySet<string> = new Set([
  'check_function_bodies',
  'client_min_messages',
  'datestyle',
  'intervalstyle',
  'row_security',
  'search_path',
  'timezone',
  'xmloption',
])

/** Parameters without meaning here: moult reads dumps as UTF-8 with standard strings, and has its own limits. */
const SILENT: ReadonlySet<string> = new Set([
  'application_name',
  'bytea_output',
  'client_encoding',
  'escape_string_warning',
  'extra_float_digits',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'lock_timeout',
  'maintenance_work_mem',
  'standard_conforming_strings',
  'statement_timeout',
  'synchronize_seqscans',
  'synchronous_commit',
  'transaction_timeout',
  'work_mem',
])

const ROLES: ReadonlySet<string> = new Set(['role', 'session_authorization'])

/** SET and RESET: an allow-list, as parameters come and go with releases, and some are dangerous. */
export function decideSet(cursor: StatementCursor): StatementDecision {
  const { text } = cursor
  cursor.accept('set')
  if (cursor.accept('session', 'authorization')) return decideAuthorization(cursor)
  if (cursor.accept('role')) return decideRole(cursor)
  if (cursor.word === 'transaction' || cursor.word === 'constraints') return transactionSetting()
  if (cursor.accept('session', 'characteristics')) return transactionSetting()
  const scope = cursor.acceptOne('session', 'local')
  if (cursor.accept('names')) return skip('the dump is read as UTF-8')
  if (cursor.accept('time', 'zone') || cursor.accept('xml', 'option')) return run('setting', text)
  const name = settingName(cursor)
  if (name === undefined) return unexpected('This form of SET')
  if (!cursor.acceptSymbol('=') && !cursor.accept('to')) {
    return unexpected(`This form of SET ${scope} ${name}`)
  }
  if (!cursor.rest.every(isSettingValue)) return unexpected(`This value of ${name}`)
  return decideSetting(
    name,
    cursor.rest.map(({ value }) => value),
    text,
  )
}

export function decideReset(cursor: StatementCursor): StatementDecision {
  cursor.accept('reset')
  if (cursor.accept('session', 'authorization')) return skip('objects belong to whoever restores')
  const name = settingName(cursor)
  if (name === undefined) return unexpected('This form of RESET')
  if (ROLES.has(name)) return aboutServer('ROLE_STATEMENT', `RESET ${name}`)
  return RUN.has(name) ? run('setting', cursor.text) : skip('moult has set it itself')
}

/** One parameter and its value, from SET or from set_config(). */
export function decideSetting(
  name: string,
  values: readonly string[],
  text: string,
): StatementDecision {
  const value = values.join('').toLowerCase()
  if (ROLES.has(name)) return aboutServer('ROLE_STATEMENT', `SET ${name}`)
  if (RUN.has(name)) return run('setting', text)
  if (SILENT.has(name)) return skip(`moult sets ${name} itself, or needs it not`)
  switch (name) {
    case 'default_tablespace':
      return value === '' ? skip('it is the default') : tablespaceIgnored(values.join(''))
    case 'default_table_access_method':
      return value === 'heap' ? run('setting', text) : accessMethodIgnored(values.join(''))
    case 'default_with_oids':
      return ['false', 'off', 'no', '0'].includes(value) ? skip('it is the default') : oidsIgnored()
    default:
      return skipAndTell('info', 'SETTING_IGNORED', `The parameter ${name} was not set`)
  }
}

export function tablespaceIgnored(name: string): SkipDecision {
  return skipAndTell(
    'info',
    'TABLESPACE_IGNORED',
    `The tablespace "${name}" is not used: all goes into the database's default tablespace`,
  )
}

export function accessMethodIgnored(name: string): SkipDecision {
  return skipAndTell(
    'warning',
    'ACCESS_METHOD_IGNORED',
    `The table access method "${name}" is not used: the tables become ordinary ones`,
  )
}

function oidsIgnored(): SkipDecision {
  return skipAndTell(
    'info',
    'OIDS_IGNORED',
    'Tables lose their hidden column "oid", which PostgreSQL 12 and later do not have',
  )
}

/** pg_dump names the owner of what follows, or DEFAULT. */
function decideAuthorization(cursor: StatementCursor): StatementDecision {
  const { next } = cursor
  const named = next?.kind === 'word' || next?.kind === 'quotedName' || next?.kind === 'string'
  return named && cursor.tokens.length === cursor.at + 1
    ? skip('objects belong to whoever restores')
    : aboutServer('ROLE_STATEMENT', 'This form of SET SESSION AUTHORIZATION')
}

/** `pg_restore --role` names the role that is to own everything; nothing writes other forms. */
function decideRole(cursor: StatementCursor): StatementDecision {
  const { next } = cursor
  const named = (next?.kind === 'word' && next.value !== 'none') || next?.kind === 'quotedName'
  return named && cursor.tokens.length === cursor.at + 1
    ? skip('objects belong to whoever restores')
    : aboutServer('ROLE_STATEMENT', 'This form of SET ROLE')
}

function transactionSetting(): SkipDecision {
  return skip('moult decides about its transactions')
}

/** A parameter's name in lower case, also `extension.parameter`. */
function settingName(cursor: StatementCursor): string | undefined {
  const name = cursor.name()
  if (name === undefined) return undefined
  return (name.schema === undefined ? name.name : `${name.schema}.${name.name}`).toLowerCase()
}

function isSettingValue(token: SqlToken): boolean {
  if (token.kind === 'symbol') return isSymbol(token, ',') || isSymbol(token, '-')
  return ['word', 'quotedName', 'string', 'number'].includes(token.kind)
}
