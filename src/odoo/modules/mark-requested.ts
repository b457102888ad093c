import { type Finding, UserError } from '../../base/index.js'
import { modulesOfPolicy } from './auto-install-policy.js'
import { becauseOf, installInto } from './mark-install.js'
import { upgradeInto } from './mark-upgrade.js'
import { missingModules } from './missing-modules.js'
import type { FlagNames } from './module-graph.js'
import type { ModulePlanRequest } from './module-plan.js'
import type { AutoInstallPolicy } from './module-profile.js'
import type { ModuleState } from './module-row.js'
import type { ModuleTable } from './module-table.js'
import { configuredInstalls } from './openupgrade-stanza.js'
import { asFinding, missingModule, unknownName, unusedDecision } from './plan-findings.js'

/** A request whose policy is settled. */
export interface ResolvedRequest extends ModulePlanRequest {
  readonly autoInstall: AutoInstallPolicy
}

const UPGRADABLE: ReadonlySet<ModuleState> = new Set(['installed', 'to upgrade'])

/**
 * Marks what the options, decisions and policies ask for, between `base` and all other modules (step 2 of
 * odoo/modules/loading.py).
 *
 * Errors: INIT_OF_INSTALLED_MODULE.
 */
export function markRequested(
  request: ResolvedRequest,
  table: ModuleTable,
  names: FlagNames,
): readonly Finding[] {
  const findings = unknownNames(table, names)
  const held = decideMissing(request, table, findings)
  const problems: UserError[] = []

  const init = [...names.init]
  if (request.forceInit !== true) refuseInstalled(request.init ?? [], table)
  const coming = init.filter((name) => table.stateOf(name) === 'uninstalled')
  if (coming.length > 0) {
    problems.push(...installInto(table, becauseOf(coming, { kind: 'init-requested' }), request))
  }
  const update = [...names.update].filter((name) => {
    const state = table.stateOf(name)
    return state !== 'unknown' && UPGRADABLE.has(state) && !held.has(name)
  })
  problems.push(...upgradeInto(table, update, { ...request, held }))

  const configured = configuredInstalls(table.rows(), request.stanza)
  const wanted = new Map([
    ...becauseOf(configured, { kind: 'configured' }),
    ...becauseOf(ofPolicy(request, table), { kind: 'auto-install-policy' }),
  ])
  if (wanted.size > 0) problems.push(...installInto(table, wanted, request))
  // Marking base has put it back to "to upgrade", and it is loaded already.
  if (table.stateOf('base') === 'to upgrade') table.settle('base', 'installed')
  return [...findings, ...distinct(problems).map(asFinding)]
}

/** Modules that the policy wants beside what is marked. */
export function ofPolicy(
  request: ResolvedRequest,
  table: ModuleTable,
  policy: AutoInstallPolicy = request.autoInstall,
): readonly string[] {
  return modulesOfPolicy(table.rows(), {
    policy,
    release: request.release,
    exclude: request.autoInstallExclude ?? [],
    companyCountries: request.companyCountries ?? [],
    isInstallable: (name) => {
      const module = request.modules.get(name)
      return module?.installable === true && module.problem === undefined
    },
  })
}

function unknownNames(table: ModuleTable, names: FlagNames): Finding[] {
  const asked = new Set([...names.init, ...names.update])
  asked.delete('all')
  return [...asked].filter((name) => table.get(name) === undefined).map(unknownName)
}

/** Applies decisions about modules that the target lacks; returns those that are not to be upgraded. */
function decideMissing(
  request: ModulePlanRequest,
  table: ModuleTable,
  findings: Finding[],
): ReadonlySet<string> {
  const held = new Set<string>()
  const decisions = new Map(request.decisions)
  for (const module of missingModules(table.rows(), request.modules, request.release)) {
    const decision = decisions.get(module.name)
    decisions.delete(module.name)
    if (decision === undefined) findings.push(missingModule(module))
    if (decision !== 'keep' && decision !== 'uninstall') continue
    held.add(module.name)
    if (decision === 'uninstall') table.mark(module.name, 'to remove', { kind: 'decision' })
  }
  for (const [name, decision] of decisions) {
    if (typeof decision === 'string') findings.push(unusedDecision(name))
  }
  return held
}

/** `-i` of an installed module loads it without its scripts, and they never run afterwards. */
function refuseInstalled(names: readonly string[], table: ModuleTable): void {
  const installed = names.filter((name) => {
    const state = table.stateOf(name)
    return state === 'installed' || state === 'to upgrade' || state === 'to remove'
  })
  if (installed.length === 0) return
  throw new UserError(
    'INIT_OF_INSTALLED_MODULE',
    `Modules given with -i are installed already: ${installed.join(', ')}`,
    {
      hint: 'Use -u to upgrade them. With --force-init they are loaded as if new, and their migration scripts are skipped for good.',
      data: { modules: installed },
    },
  )
}

function distinct(problems: readonly UserError[]): readonly UserError[] {
  const seen = new Map(problems.map((problem) => [problem.message, problem]))
  return [...seen.values()]
}
