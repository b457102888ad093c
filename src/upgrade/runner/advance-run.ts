import { codeOf, type Finding, InternalError } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import {
  type HopPlan,
  hopOf,
  type PlanStep,
  planHop,
  readModuleSnapshot,
  readTree,
  refuseBadPlan,
  type UpgradeRequest,
} from '../planning/index.js'
import { beforeBase } from './before-base.js'
import {
  changePlan,
  finishHop,
  finishRun,
  type RecordedHop,
  type RecordedRun,
  type RunTicket,
  readRun,
  sequencesOf,
  startHop,
} from './journal/index.js'
import { withJournalSession } from './journal-session.js'
import { moduleLoading } from './module-loading.js'
import { runOdooHop } from './odoo-hop.js'
import { type HopScope, runHop } from './run-hop.js'
import { withRunSession } from './run-session.js'
import { releaseScriptRole, type ScriptRole } from './script-role.js'
import { ScriptServices } from './script-services.js'
import { readSequences, settleSequences } from './sequences.js'
import { StepFailedError } from './step-failed-error.js'
import type { HopReport, UpgradeReport, UpgradeSetup } from './upgrade-database.js'

/** A run that is allowed to go on. */
export interface AdvancedRun {
  readonly database: string
  readonly role: ScriptRole | undefined
  readonly ticket: RunTicket
  readonly run: RecordedRun
}

/** Runs what is left of a run: its hops one after the other, and the end. */
export async function advanceRun(
  setup: UpgradeSetup,
  { database, role, ticket, run }: AdvancedRun,
): Promise<UpgradeReport> {
  const started = performance.now()
  const { request } = run
  const reports: HopReport[] = []
  const findings: Finding[] = []
  for (const [number, hopRequest] of request.hops.entries()) {
    const recorded = run.hops[number]
    if (recorded?.status === 'done') {
      findings.push(...findingsOf(recorded))
      reports.push({ plan: recorded.plan, milliseconds: 0 })
      continue
    }
    const begun = performance.now()
    const tree = await readTree(hopRequest, setup.progress)
    const advanced = { database, role, ticket, run }
    const hop = recorded ?? (await beginHop(setup, advanced, { number, tree }))
    const resumedFrom = recorded === undefined ? undefined : new Date(run.startedAt)
    const done = await performPlanned(setup, advanced, { number, hop, tree, resumedFrom })
    findings.push(...findingsOf(done.hop), ...done.findings)
    const milliseconds = performance.now() - begun
    await withJournalSession(setup.host, database, (session) => finishHop(session, ticket, number))
    setup.events.emit('hopFinished', { hop: number + 1, to: hop.plan.to, milliseconds })
    reports.push({ plan: done.hop.plan, milliseconds })
  }
  await withJournalSession(setup.host, database, async (session) => {
    if (role !== undefined) await releaseScriptRole(session, role)
    await settleSequences(session)
    await finishRun(session, ticket)
  })
  return {
    database,
    run: ticket.run,
    from: reports[0]?.plan.from ?? '',
    to: reports.at(-1)?.plan.to ?? '',
    hops: reports,
    findings,
    milliseconds: performance.now() - started,
    output: request.output,
  }
}

/** Whether a script that cannot run is told when its turn comes, as the reference does it, and not before. */
function leavesScripts({ keepGoing, tolerant }: UpgradeRequest): boolean {
  return keepGoing || tolerant
}

/** What is known of a hop from its plan and the steps that were done before. */
function findingsOf({ plan, steps }: RecordedHop): readonly Finding[] {
  return [...plan.findings, ...steps.flatMap((step) => step.findings)]
}

/** Plans a hop from the database as it is now, and records the plan before its first step. */
async function beginHop(
  { host, progress }: UpgradeSetup,
  { database, role, ticket, run }: AdvancedRun,
  { number, tree }: Pick<HopUnderWay, 'number' | 'tree'>,
): Promise<RecordedHop> {
  const [snapshot, sequences] = await withRunSession(
    host,
    database,
    role,
    progress.signal,
    async (session) => [await readModuleSnapshot(session), await readSequences(session)] as const,
  )
  const { plan } = await planHop({ ...snapshot, tree, request: run.request, hop: number })
  refuseBadPlan(plan, leavesScripts(run.request))
  await withJournalSession(host, database, (session) =>
    startHop(session, ticket, { hop: number, plan, sequences }),
  )
  return { hop: number, status: 'running', plan, sequences, steps: [] }
}

interface HopUnderWay {
  readonly number: number
  readonly hop: RecordedHop
  readonly tree: AddonsTree
  /** When the run began that is gone on with in this hop. */
  readonly resumedFrom: Date | undefined
}

/** A hop by its last plan, with the steps done before, and what was found in the others. */
interface PerformedHop {
  readonly hop: RecordedHop
  readonly findings: readonly Finding[]
}

/** Performs a hop; when the scripts of `base` have changed the modules otherwise than planned, by a new plan. */
async function performPlanned(
  setup: UpgradeSetup,
  run: AdvancedRun,
  underWay: HopUnderWay,
): Promise<PerformedHop> {
  try {
    return { hop: underWay.hop, findings: await performHop(setup, run, underWay) }
  } catch (error) {
    if (!(error instanceof StepFailedError && codeOf(error.cause) === 'PLAN_OUTDATED')) throw error
    const hop = await planAgain(setup, run, underWay)
    return { hop, findings: await performHop(setup, run, { ...underWay, hop }) }
  }
}

/** Plans what follows `base` from the database as it is now. */
async function planAgain(
  { host, progress }: UpgradeSetup,
  { database, role, ticket, run }: AdvancedRun,
  { number, hop, tree }: HopUnderWay,
): Promise<RecordedHop> {
  const now = await withRunSession(host, database, role, progress.signal, readModuleSnapshot)
  const snapshot = beforeBase(now, hop.plan)
  const { plan } = await planHop({ ...snapshot, tree, request: run.request, hop: number })
  refuseBadPlan(plan, leavesScripts(run.request))
  const findings = [planChanged(plan), ...plan.findings]
  const isList = (step: PlanStep): boolean => step.kind === 'list'
  const done = hop.plan.steps.slice(0, hop.plan.steps.findIndex(isList))
  const rest = plan.steps.slice(plan.steps.findIndex(isList))
  return withJournalSession(host, database, async (session) => {
    await changePlan(session, ticket, number, { ...plan, findings, steps: [...done, ...rest] })
    const recorded = (await readRun(session, ticket.run))?.hops[number]
    if (recorded === undefined) throw new InternalError('HOP_LOST', 'The journal has lost a hop')
    return recorded
  })
}

function planChanged({ to }: HopPlan): Finding {
  return {
    code: 'PLAN_CHANGED',
    severity: 'info',
    message: `The scripts of base have changed the list of modules; the rest of the way to ${to} was planned again`,
  }
}

async function performHop(
  setup: UpgradeSetup,
  { database, role, ticket, run }: AdvancedRun,
  { number, hop, tree, resumedFrom }: HopUnderWay,
): Promise<readonly Finding[]> {
  const { host, progress, events } = setup
  const { request } = run
  const { plan } = hop
  announce(setup, plan, number, request.hops.length)
  const services = new ScriptServices({ setup, database, request, hop: number, tree })
  if (plan.loader.choice === 'odoo') {
    try {
      return await runOdooHop(
        {
          hop: number,
          plan,
          request: hopOf(request, number),
          tree,
          resumedFrom,
          done: hop.steps,
          sequences: sequencesOf(hop),
        },
        {
          host,
          database,
          role,
          ticket,
          upgrade: request,
          cache: setup.cache,
          events,
          progress,
          operations: (session, addFinding) => services.loaderOperations(session, addFinding),
          foreign: {
            host: (language) => services.host(language),
            operations: (use) => services.operations(use),
            limits: limitsOf(request),
          },
        },
      )
    } finally {
      await services.close()
    }
  }
  const { loader, guest, needsModels } = moduleLoading(setup, {
    database,
    request,
    number,
    hop,
    tree,
    services,
  })
  const step: HopScope['step'] = {
    ticket,
    loader,
    load: { tree, to: plan.to },
    allowScriptCommit: request.allowScriptCommit,
    progress,
    scripts: {
      host: (language) => services.host(language),
      operations: (use) => services.operations(use),
      ...(guest !== undefined && { withModels: (addFinding) => guest.scripts(addFinding) }),
      ...(needsModels !== undefined && { needsModels }),
      events,
      signal: progress.signal,
      limits: limitsOf(request),
      keepGoing: request.keepGoing,
    },
  }
  startPython(hop, services)
  try {
    return await runHop(
      {
        hop: number,
        hops: request.hops.length,
        plan,
        done: new Set(hop.steps.filter(({ status }) => status === 'done').map((done) => done.step)),
        sequences: sequencesOf(hop),
      },
      {
        host,
        database,
        role,
        checkpoints: request.checkpoints,
        step,
        stepScope: (session: Session) => ({
          ...step,
          session,
          records: { unlink: (model, ids) => services.unlink(session, model, ids) },
        }),
      },
    )
  } finally {
    await guest?.close()
    await services.close()
  }
}

/** Starts the interpreter of scripts to come: it starts while the release's source is read. */
function startPython({ plan, steps }: RecordedHop, services: ScriptServices): void {
  const done = new Set(steps.filter(({ status }) => status === 'done').map(({ step }) => step))
  const isNeeded = plan.steps.some(
    (step, number) =>
      step.kind === 'scripts' &&
      !done.has(number) &&
      step.scripts.some(({ language }) => language === 'python'),
  )
  // A start that fails is told by the script that wants it.
  if (isNeeded) services.host('python').catch(() => {})
}

function announce({ events }: UpgradeSetup, plan: HopPlan, number: number, hops: number): void {
  const { steps, from, to } = plan
  events.emit('hopStarted', {
    hop: number + 1,
    hops,
    from,
    to,
    modules: new Set(steps.flatMap((step) => (step.kind === 'load' ? [step.module] : []))).size,
    scripts: steps.reduce(
      (sum, step) => sum + (step.kind === 'scripts' ? step.scripts.length : 0),
      0,
    ),
  })
}

function limitsOf({ scriptSeconds, scriptMemory }: UpgradeRequest) {
  return {
    ...(scriptSeconds !== undefined && { seconds: scriptSeconds }),
    ...(scriptMemory !== undefined && { memory: scriptMemory }),
  }
}
