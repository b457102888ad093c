import type { Finding } from '../../../base/index.js'
import { type Sql, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { Release } from '../../../odoo/release/index.js'
import { GuestError } from '../../../scripts/values/index.js'
import type { EffectsScope } from './effects-scope.js'

/** A method of the release that refuses to delete some records, as a query for those it would refuse. */
interface UnlinkGuard {
  readonly model: string
  readonly method: string
  /** Whose method has been translated. */
  readonly module: string
  readonly releases: readonly [from: number, to: number]
  /** Names of the records among the ids that stay. */
  readonly held: (ids: Sql) => Sql
  readonly reason: string
}

const GUARDS: readonly UnlinkGuard[] = [
  {
    ...{ model: 'payment.acquirer', method: '_unlink_except_master_data', module: 'payment' },
    releases: [15, 15],
    held: (ids) => namedBut('payment.acquirer', ids),
    reason: 'payment acquirers that modules bring are disabled, not deleted',
  },
  {
    ...{ model: 'payment.provider', method: '_unlink_except_master_data', module: 'payment' },
    releases: [16, 18],
    held: (ids) => namedBut('payment.provider', ids),
    reason: 'payment providers that modules bring are disabled, not deleted',
  },
  {
    model: 'ir.module.module',
    method: '_unlink_except_installed',
    module: 'base',
    releases: [15, 18],
    held: (ids) => sql`
      SELECT name FROM ir_module_module
       WHERE id = ANY(${ids}) AND state IN ('installed', 'to upgrade', 'to remove', 'to install')`,
    reason: 'installed modules are uninstalled first',
  },
  {
    model: 'res.lang',
    method: '_unlink_except_default_lang',
    module: 'base',
    releases: [15, 18],
    held: (ids) =>
      sql`SELECT code AS name FROM res_lang WHERE id = ANY(${ids}) AND (code = 'en_US' OR active)`,
    reason: 'languages are deactivated, not deleted',
  },
  {
    model: 'res.users',
    method: '_unlink_except_master_data',
    module: 'base',
    releases: [15, 18],
    held: (ids) => sql`
      SELECT login AS name FROM res_users
       WHERE id = ANY(${ids}) AND (id = 1 OR id IN (
         SELECT res_id FROM ir_model_data WHERE module = 'base' AND model = 'res.users'
            AND name IN ('user_admin', 'template_portal_user_id', 'default_user')))`,
    reason: "the system's own users and their templates stay",
  },
  {
    model: 'account.account',
    method: '_unlink_except_contains_journal_items',
    module: 'account',
    releases: [15, 17],
    held: (ids) =>
      sql`SELECT DISTINCT account_id::text AS name FROM account_move_line WHERE account_id = ANY(${ids})`,
    reason: 'accounts with journal items stay',
  },
  {
    model: 'account.account',
    method: '_unlink_except_account_set_on_customer',
    module: 'account',
    releases: [15, 17],
    held: (ids) => sql`
      SELECT DISTINCT value_reference AS name FROM ir_property
       WHERE value_reference IN (SELECT 'account.account,' || n FROM unnest(${ids}) n)`,
    reason: 'accounts that partners use stay',
  },
]

/** Records that a module has named; what a user has exported has names too. */
function namedBut(model: string, ids: Sql): Sql {
  return sql`
    SELECT module || '.' || name AS name FROM ir_model_data
     WHERE model = ${model} AND res_id = ANY(${ids}) AND module <> '__export__'`
}

/**
 * Asks what the release asks before records are deleted; fails with a {@link GuestError} `user` for records that
 * stay. A method that nobody has translated becomes a finding: it was not asked.
 */
export async function askGuards(
  model: RegistryModel,
  ids: readonly number[],
  scope: EffectsScope,
): Promise<void> {
  const unasked: string[] = []
  for (const { method, module } of guardsOf(model)) {
    const guard = guardOf(model.name, method, module, scope.release)
    if (guard === undefined) {
      unasked.push(method)
      continue
    }
    const { rows } = await scope.session.query<{ name: string }>(guard.held(sql`${ids}::int[]`))
    if (rows.length === 0) continue
    const names = rows.map(({ name }) => name).join(', ')
    throw new GuestError('user', `${model.name}: ${guard.reason} (${names})`, 'UserError')
  }
  if (unasked.length > 0) scope.addFinding(guardsNotAsked(model.name, unasked, ids))
}

/** Whether all that is asked before records of a model are deleted is known here. */
export function knowsGuards(model: RegistryModel, release: Release): boolean {
  return guardsOf(model).every(
    ({ method, module }) => guardOf(model.name, method, module, release) !== undefined,
  )
}

function guardOf(
  model: string,
  method: string,
  module: string,
  { major }: Release,
): UnlinkGuard | undefined {
  return GUARDS.find(
    (one) =>
      one.model === model &&
      one.method === method &&
      one.module === module &&
      one.releases[0] <= major &&
      major <= one.releases[1],
  )
}

/** Methods of a model that are asked before records are deleted (`@api.ondelete`). */
function guardsOf(
  model: RegistryModel,
): readonly { readonly method: string; readonly module: string }[] {
  const found = new Map<string, { readonly method: string; readonly module: string }>()
  for (const definition of model.classes) {
    for (const { methods } of [definition, ...definition.pythonBases]) {
      for (const { name, decorators } of methods) {
        const asks = decorators.some((decorator) => decorator.name === 'api.ondelete')
        if (asks && !found.has(name)) found.set(name, { method: name, module: definition.module })
      }
    }
  }
  return [...found.values()]
}

function guardsNotAsked(
  model: string,
  methods: readonly string[],
  ids: readonly number[],
): Finding {
  return {
    code: 'DELETION_NOT_CHECKED',
    severity: 'info',
    message: `Records of ${model} were deleted without asking ${methods.join(', ')}: only the release's own code can`,
    hint: 'Check that none of the deleted records is in use.',
    data: { model, methods, ids: ids.slice(0, 100) },
  }
}
