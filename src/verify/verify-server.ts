import type { Progress } from '../base/index.js'
import { CheckList } from './check-list.js'
import { checkMenu } from './check-menu.js'
import { checkPage } from './check-page.js'
import { checkReports } from './check-reports.js'
import { checkSale, type SaleRecords } from './check-sale.js'
import type { CheckScope } from './check-scope.js'
import { type Credentials, type LoggedIn, logIn } from './log-in.js'
import { readMenus } from './menu-list.js'
import { OdooClient } from './odoo-client.js'
import { ServerFaultError } from './server-fault.js'
import { countChecks, type VerifyReport } from './verify-report.js'
import { openArchReader } from './view-arch.js'
import { WebClient } from './web-client.js'

export interface VerifyOptions {
  /** Base address of the server. */
  readonly url: string
  readonly credentials: Credentials
  /** Makes no sale: nothing is written but what Odoo writes by itself. */
  readonly readOnly: boolean
  readonly now: Date
}

/**
 * Drives an Odoo server (14.0 to 18.0) as its administrator would in a browser, over HTTP only: the web
 * client's page and bundles, every menu with its views and records, every report, and, unless it may only
 * read, a sale up to its posted invoice. Failures of the server are results.
 *
 * Errors: ODOO_UNREACHABLE, ODOO_RELEASE_UNSUPPORTED, ODOO_DATABASE_UNKNOWN, ODOO_LOGIN_FAILED, CANCELLED.
 */
export async function verifyServer(
  { url, credentials, readOnly, now }: VerifyOptions,
  progress: Progress,
): Promise<VerifyReport> {
  const started = performance.now()
  const client = new OdooClient({ url, signal: progress.signal })
  const user = await progress.step('Logging in', { unit: 'steps' }, () =>
    logIn(client, credentials),
  )
  const checks = new CheckList(client)
  const scope: CheckScope = {
    client,
    user,
    checks,
    web: new WebClient(client, user, await openArchReader()),
    names: { userId: user.userId, companyIds: companiesOf(user), today: dayOf(now) },
  }
  await progress.step('Opening the web client', { unit: 'bundles' }, async (step) => {
    checks.follow(step, 1)
    await checkPage(client, checks)
  })
  const menus = await openMenus(scope, progress)
  await progress.step('Rendering reports', { unit: 'reports' }, async (step) => {
    checks.follow(step, 1)
    await checkReports(scope)
  })
  const written = readOnly ? undefined : await sell(scope, now, progress)
  return {
    url,
    database: user.database,
    release: user.release,
    user: user.userName,
    menus,
    ...countChecks(checks.results),
    ...(written !== undefined && { written }),
    milliseconds: performance.now() - started,
  }
}

async function openMenus(scope: CheckScope, progress: Progress): Promise<number> {
  const { client, checks, user } = scope
  const loaded = await checks.run({ kind: 'menus', what: 'menus' }, async () => {
    const { body } = await client.page(`/web/webclient/load_menus/${Date.now()}`)
    return readMenus(JSON.parse(body))
  })
  const menus = loaded ?? []
  await progress.step(
    `Opening menus of ${user.database}`,
    { unit: 'menus', total: menus.length },
    async (step) => {
      checks.follow(step, 0)
      for (const menu of menus) {
        await checkMenu(menu, scope)
        step.advance(1, menu.path)
      }
    },
  )
  return menus.length
}

async function sell(
  scope: CheckScope,
  now: Date,
  progress: Progress,
): Promise<SaleRecords | undefined> {
  const { checks } = scope
  if (!(await sells(scope))) return undefined
  return progress.step('Making a sale', { unit: 'steps' }, async (step) => {
    checks.follow(step, 1)
    return checkSale(scope, now.toISOString())
  })
}

/** Whether there are sales, and the user may invoice them. */
async function sells({ client, user }: CheckScope): Promise<boolean> {
  try {
    const fields = ['advance_payment_method']
    await client.call('sale.advance.payment.inv', 'fields_get', [fields], { context: user.context })
    return true
  } catch (error) {
    if (error instanceof ServerFaultError) return false
    throw error
  }
}

function companiesOf({ context }: LoggedIn): readonly number[] {
  const { allowed_company_ids: ids } = context
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : []
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 'YYYY-MM-DD'.length)
}
