import { UsageError } from '../../../base/index.js'
import { verifyServer } from '../../../verify/index.js'
import {
  type CommandAction,
  type CommandContext,
  type GivenOptions,
  textOption,
} from '../../command.js'
import { askPasswordOnTerminal } from './ask-password.js'
import { findingsOf, verifyLines } from './verify-view.js'

const DEFAULT_LOGIN = 'admin'

export const verifyCommand: CommandAction = async ({ options }, context) => {
  const url = addressOf(options)
  const login = textOption(options, 'login') ?? DEFAULT_LOGIN
  const readOnly = options.readOnly === true
  const password = await passwordOf(options, login, context)
  if (!readOnly) {
    context.announce(
      'Where sale is installed, one sale is made, up to its posted invoice: its records stay. --read-only leaves that out.',
    )
  }
  const report = await verifyServer(
    {
      url,
      credentials: { database: textOption(options, 'database'), login, password },
      readOnly,
      now: new Date(),
    },
    context.progress,
  )
  return { data: report, findings: findingsOf(report), lines: () => verifyLines(report) }
}

/** The server's base address; a path behind it, such as /web, is left out. */
function addressOf(options: GivenOptions): string {
  const given = textOption(options, 'odoo')
  if (given === undefined) {
    throw new UsageError('ODOO_URL_INVALID', 'No server is named', {
      hint: 'Name the running Odoo: --odoo http://127.0.0.1:8069',
    })
  }
  const text = given.includes('://') ? given : `http://${given}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError('ODOO_URL_INVALID', `${given} is no address of a server`, {
      hint: 'Write it as http://127.0.0.1:8069 or https://odoo.example.com.',
    })
  }
  return url.origin
}

/** The option, then MOULT_ODOO_PASSWORD, then a question on the terminal. */
async function passwordOf(
  options: GivenOptions,
  login: string,
  { environment, stream }: CommandContext,
): Promise<string> {
  const given = textOption(options, 'password') ?? environment.variables.MOULT_ODOO_PASSWORD
  return given ?? askPasswordOnTerminal(`Password of "${login}"`, stream !== undefined)
}
