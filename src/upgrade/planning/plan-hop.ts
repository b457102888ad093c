import { type Finding, Findings, UserError } from '../../base/index.js'
import type { ModulePlan } from '../../odoo/modules/index.js'
import { parseRelease } from '../../odoo/release/index.js'
import {
  discoverScripts,
  type ScriptDecision,
  selectScripts,
} from '../../scripts/selection/index.js'
import { checkOdooTree } from './check-odoo-tree.js'
import { chooseLoader, isRunnable } from './choose-loader.js'
import type { HopPlan, PlannedModule } from './plan.js'
import { type HopModulesRequest, hopOf, planHopModules } from './plan-hop-modules.js'
import { planSteps } from './plan-steps.js'
import { readScripts } from './read-scripts.js'

/** A hop's plan, and the module plan that it was made from. */
export interface PlannedHop {
  readonly plan: HopPlan
  readonly modules: ModulePlan
}

/**
 * Plans a hop: modules, scripts, steps. Reads the source tree and the upgrade path, nothing else.
 *
 * Errors: PLAN_REFUSED when the run would break off (its `data.findings` say why), and those of module
 * planning.
 */
export async function planHop(given: HopModulesRequest): Promise<PlannedHop> {
  const { tree, request, rows } = given
  const hop = hopOf(request, given.hop)
  const findings = new Findings()
  const modules = await planHopModules(given, findings)
  const loaded = modules.passes.flatMap((pass) => pass.modules)
  const discovered = await discoverScripts({
    release: tree.release,
    modules: loaded.flatMap(({ name }) => {
      const folder = tree.modules.get(name)?.folder
      return folder === undefined ? [] : [{ name, folder }]
    }),
    addonsPath: tree.folders,
    upgradePaths: hop.upgradePath,
  })
  const loader = chooseLoader(tree, hop.loader ?? request.loader)
  const scripts = selectScripts({ plan: modules, discovered, pythonOnly: request.parity })
  const read = await readScripts(scripts.all, tree.release)
  const base = rows.find((row) => row.name === 'base')
  const from = parseRelease(base?.latestVersion ?? '')?.series ?? ''
  const planned = plannedModules(modules)
  const { profile, upgradePath } = hop
  const check = { tree, profile, upgradePath, modules: planned, checkpoints: request.checkpoints }
  const found = [
    ...(loader.choice === 'odoo' ? await checkOdooTree(check) : []),
    ...findings.list(),
    // On a way over several releases only the whole of it can tell.
    ...modules.findings.filter((finding) => request.hops.length === 1 || !isUnused(finding)),
    ...scripts.findings,
    ...leftOut(scripts.decisions),
    ...(hasModels(loader, tree) ? withOdoo(read.findings) : read.findings),
  ]
  return {
    modules,
    plan: {
      from,
      to: tree.release.series,
      profile,
      loader,
      steps: planSteps({ modules, scripts, texts: read.scripts, loader: loader.choice }),
      modules: planned,
      decisions: scripts.decisions,
      findings: found,
    },
  }
}

/** Whether it is about a decision that a hop does not need. */
export function isUnused({ code }: Finding): boolean {
  return code === 'MODULE_DECISION_UNUSED'
}

/** Whether the release's own models can be had: where its code loads the modules, or helps moult with it. */
function hasModels({ choice }: HopPlan['loader'], { root }: HopModulesRequest['tree']): boolean {
  return choice === 'odoo' || (choice === 'native' && root !== undefined && isRunnable(root))
}

/** The release's own models are there. */
function withOdoo(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ code }) => code !== 'SCRIPT_NEEDS_ODOO')
}

function leftOut(decisions: readonly ScriptDecision[]): readonly Finding[] {
  const others = decisions.filter(({ reason }) => reason === 'not-python')
  return others.map(({ module, path }) => ({
    code: 'SCRIPT_NOT_PYTHON',
    severity: 'warning',
    message: `${module}: Odoo runs scripts in Python only, and so does --parity; this one is left out`,
    place: { file: path },
    hint: 'Write it in Python, or leave --parity out.',
  }))
}

/** Fails when a hop must not start. What is wrong with scripts alone may be left to the run. */
export function refuseBadPlan(plan: HopPlan, ignoreScripts = false): void {
  const errors = plan.findings.filter(
    ({ severity, code }) => severity === 'error' && !(ignoreScripts && code.startsWith('SCRIPT_')),
  )
  const [first] = errors
  if (first === undefined) return
  throw new UserError('PLAN_REFUSED', `${first.message}${others(errors)}`, {
    hint: first.hint ?? 'moult plan shows all findings.',
    ...(first.place !== undefined && { place: first.place }),
    data: { findings: errors },
  })
}

function others(errors: readonly Finding[]): string {
  return errors.length === 1 ? '' : ` (and ${errors.length - 1} more; moult plan shows them)`
}

function plannedModules(modules: ModulePlan): readonly PlannedModule[] {
  const formerly = (name: string): { readonly formerly?: readonly string[] } => {
    const old = modules.renames.filter((rename) => rename.new === name).map((rename) => rename.old)
    return old.length === 0 ? {} : { formerly: old }
  }
  const processed = modules.passes.flatMap((pass) => pass.modules.filter((item) => item.processed))
  return [
    ...processed.map(
      ({ name, isNew, installedVersion, targetVersion }): PlannedModule => ({
        name,
        fate: isNew ? 'install' : 'upgrade',
        installedVersion,
        targetVersion,
        ...formerly(name),
      }),
    ),
    ...modules.removals.map(
      (name): PlannedModule => ({
        name,
        fate: 'remove',
        installedVersion: modules.renamedRows.get(name)?.latestVersion ?? null,
        targetVersion: null,
      }),
    ),
    ...modules.notLoaded.map(
      ({ name, reason, missing }): PlannedModule => ({
        name,
        fate: 'not-loaded',
        installedVersion: modules.renamedRows.get(name)?.latestVersion ?? null,
        targetVersion: null,
        reason: missing.length === 0 ? reason : `${reason}: ${missing.join(', ')}`,
      }),
    ),
  ]
}
