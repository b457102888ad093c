import type { ExpressionNames } from './action-expression.js'
import type { CheckList } from './check-list.js'
import type { LoggedIn } from './log-in.js'
import type { OdooClient } from './odoo-client.js'
import type { WebClient } from './web-client.js'

/** What all checks work with. */
export interface CheckScope {
  readonly client: OdooClient
  readonly web: WebClient
  readonly user: LoggedIn
  readonly names: ExpressionNames
  readonly checks: CheckList
}
