import { Findings, UsageError } from '../../../base/index.js'
import { explainDecision } from '../../../scripts/selection/index.js'
import type { HopPlan, ModuleSnapshot, UpgradePlan } from '../../../upgrade/planning/index.js'
import type { CommandInput } from '../../command.js'
import { type CommandAction, type CommandContext, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { planUpgrade } from './plan-upgrade.js'
import { planLines } from './plan-view.js'
import { readUpgradeInput, upgradeRequest } from './upgrade-input.js'
import {
  modulesOfDatabase,
  modulesOfFile,
  refuseAmbiguous,
  releaseOfModules,
  type UpgradeSource,
  upgradeSource,
} from './upgrade-source.js'

export const planCommand: CommandAction = async (input, context) => {
  const { options } = input
  const findings = new Findings()
  const { plan, interpreter } = await makePlan(input, context, findings)
  const all = [...findings.list(), ...plan.hops.flatMap((hop) => hop.findings)]
  const module = textOption(options, 'explain')
  if (module === undefined) {
    return { data: plan, findings: all, lines: (view) => planLines(view, plan, interpreter) }
  }
  const explained = plan.hops.map((hop) => explain(hop, module))
  if (explained.every(({ known }) => !known)) {
    throw new UsageError('MODULE_UNKNOWN', `The plan knows no module "${module}"`, {
      hint: 'moult plan without --explain lists the modules.',
    })
  }
  return {
    data: { module, hops: explained },
    findings: all.filter((finding) => finding.message.includes(module)),
    lines: () => explained.flatMap(({ lines }) => lines),
  }
}

async function makePlan(
  given: CommandInput,
  context: CommandContext,
  findings: Findings,
): Promise<{ readonly plan: UpgradePlan; readonly interpreter: string }> {
  const source = await upgradeSource(given, context)
  const input = await readUpgradeInput(given.options, context, findings)
  const snapshot = await snapshotOf(source, given, context)
  const name = source.kind === 'file' ? source.file : source.name
  const request = await upgradeRequest(input, releaseOfModules(snapshot.rows, name), name)
  return {
    plan: await planUpgrade(snapshot, request, context),
    interpreter: request.python.interpreter,
  }
}

async function snapshotOf(
  source: UpgradeSource,
  { options }: CommandInput,
  context: CommandContext,
): Promise<ModuleSnapshot> {
  if (source.kind === 'file') return modulesOfFile(source.file, context)
  const connection = await connectionOf(options, context, source.url)
  const database = source.name
  const request = { progress: context.progress, operation: `plan ${database}`, database }
  return withHost(connection, request, async (host) => {
    await refuseAmbiguous(host, source)
    return modulesOfDatabase(host, database)
  })
}

/** What a hop does with one module, and why. */
function explain(hop: HopPlan, name: string) {
  const module = hop.modules.find((candidate) => candidate.name === name)
  const decisions = hop.decisions.filter((decision) => decision.module === name)
  const title = `${hop.from} → ${hop.to}`
  const versions =
    module &&
    ` from ${module.installedVersion || 'nothing'} to ${module.targetVersion ?? 'nothing'}`
  return {
    known: module !== undefined || decisions.length > 0,
    from: hop.from,
    to: hop.to,
    module,
    decisions,
    lines: [
      module === undefined
        ? `${title}: ${name} is not touched`
        : `${title}: ${name}: ${module.fate}${versions}${module.reason ? ` (${module.reason})` : ''}`,
      ...decisions.map(
        (decision) => `  ${decision.selected ? '✔' : '·'} ${explainDecision(decision)}`,
      ),
    ],
  }
}
