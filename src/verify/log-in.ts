import { OutsideError, UsageError } from '../base/index.js'
import type { OdooClient } from './odoo-client.js'
import { ServerFaultError } from './server-fault.js'

/** Who is logged in, where. */
export interface LoggedIn {
  readonly database: string
  /** Series, such as `16.0`. */
  readonly release: string
  readonly major: number
  readonly userId: number
  readonly userName: string
  /** Language, time zone and companies, as the web client sends them with every call. */
  readonly context: Readonly<Record<string, unknown>>
}

export interface Credentials {
  /** The server's only one unless given. */
  readonly database?: string | undefined
  readonly login: string
  readonly password: string
}

const OLDEST = 14
const NEWEST = 18

/**
 * Opens a session.
 *
 * Errors: ODOO_UNREACHABLE, ODOO_RELEASE_UNSUPPORTED, ODOO_DATABASE_UNKNOWN, ODOO_LOGIN_FAILED.
 */
export async function logIn(client: OdooClient, credentials: Credentials): Promise<LoggedIn> {
  const { release, major } = await readRelease(client)
  const database = credentials.database ?? (await onlyDatabase(client))
  const { login, password } = credentials
  const session = await authenticate(client, { db: database, login, password })
  const { uid, name, user_context: context, user_companies: companies } = session
  if (typeof uid !== 'number') throw loginFailed(database, login)
  return {
    database,
    release,
    major,
    userId: uid,
    userName: typeof name === 'string' ? name : login,
    context: { ...fieldsOf(context), ...companyContext(fieldsOf(companies)) },
  }
}

async function readRelease(
  client: OdooClient,
): Promise<{ readonly release: string; readonly major: number }> {
  const answer = fieldsOf(await unlessFault(client.rpc('/web/webclient/version_info')))
  const [major, minor] = Array.isArray(answer.server_version_info)
    ? (answer.server_version_info as readonly unknown[])
    : []
  // Online releases call themselves saas~17.2.
  const number = Number(String(major).replace(/^\D+/, ''))
  const release = `${number}.${minor}`
  if (number >= OLDEST && number <= NEWEST) return { release, major: number }
  throw new OutsideError(
    'ODOO_RELEASE_UNSUPPORTED',
    `${client.url} is Odoo ${String(answer.server_version ?? 'of an unknown release')}`,
    { hint: `moult verify knows the web clients of Odoo ${OLDEST} to ${NEWEST}.` },
  )
}

/** The first request tells whether it is an Odoo server at all. */
async function unlessFault(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof ServerFaultError)) throw error
    throw new OutsideError(
      'ODOO_UNREACHABLE',
      `The server does not tell its release: ${error.fault.text}`,
      {
        cause: error,
        hint: 'Name the base address of an Odoo server: --odoo http://127.0.0.1:8069',
      },
    )
  }
}

async function onlyDatabase(client: OdooClient): Promise<string> {
  const names = await client.rpc('/web/database/list').catch((error: unknown) => {
    if (error instanceof ServerFaultError) return undefined
    throw error
  })
  if (Array.isArray(names) && names.length === 1 && typeof names[0] === 'string') return names[0]
  const shown = Array.isArray(names) ? names.slice(0, 10).join(', ') : ''
  throw new UsageError(
    'ODOO_DATABASE_UNKNOWN',
    shown === ''
      ? 'The server does not list its databases'
      : `The server has several databases: ${shown}`,
    { hint: 'Name one: -d DATABASE' },
  )
}

async function authenticate(
  client: OdooClient,
  parameters: Readonly<Record<'db' | 'login' | 'password', string>>,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return fieldsOf(await client.rpc('/web/session/authenticate', parameters))
  } catch (error) {
    if (!(error instanceof ServerFaultError)) throw error
    throw loginFailed(parameters.db, parameters.login, error)
  }
}

function loginFailed(database: string, login: string, cause?: ServerFaultError): OutsideError {
  const said = cause === undefined ? '' : `: ${cause.fault.text}`
  return new OutsideError('ODOO_LOGIN_FAILED', `"${login}" cannot log in to "${database}"${said}`, {
    hint: 'Check --login, the password (MOULT_ODOO_PASSWORD or --password) and -d. A user with two-factor login cannot be used.',
    ...(cause !== undefined && { cause }),
  })
}

function companyContext({
  current_company: current,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  // A pair of number and name in 14.0, a number from 15.0 on.
  const id = Array.isArray(current) ? current[0] : current
  return typeof id === 'number' ? { allowed_company_ids: [id] } : {}
}

/** The members of a JSON object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
