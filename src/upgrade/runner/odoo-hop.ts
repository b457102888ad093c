import { type Emitter, type Finding, type Progress, UserError } from '../../base/index.js'
import { type DatabaseHost, filestoreOf } from '../../databases/manager/index.js'
import type { Session } from '../../db/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import { type LoaderCommit, runOdooLoader } from '../odoo-loader/index.js'
import {
  type HopPlan,
  type HopRequest,
  nameOfStep,
  type PlanStep,
  type UpgradeRequest,
} from '../planning/index.js'
import { ForeignScriptRunner, type ForeignScriptScope } from './foreign-scripts.js'
import {
  finishStep,
  type RecordedScript,
  type RecordedStep,
  type RunTicket,
  startStep,
} from './journal/index.js'
import { forwardLoaderEvents } from './odoo-loader-events.js'
import { RanScripts } from './ran-scripts.js'
import type { RunEvents } from './run-events.js'
import { withRunSession } from './run-session.js'
import type { ScriptRole } from './script-role.js'
import type { RunScriptOperations } from './script-services.js'
import {
  movedSequences,
  readSequences,
  restoreSequences,
  type SequencePositions,
} from './sequences.js'
import { showRun } from './show-run.js'
import { StepFailedError } from './step-failed-error.js'

/** A hop that the release's own loader does. */
export interface OdooHop {
  /** Counted from 0. */
  readonly hop: number
  readonly plan: HopPlan
  readonly request: HopRequest
  readonly tree: AddonsTree
  /** Steps that earlier attempts have done. */
  readonly done: readonly RecordedStep[]
  readonly sequences: SequencePositions
}

export interface OdooHopScope {
  readonly host: DatabaseHost
  readonly database: string
  readonly role: ScriptRole | undefined
  readonly ticket: RunTicket
  readonly upgrade: UpgradeRequest
  readonly cache: string
  readonly events: Emitter<RunEvents>
  readonly progress: Progress
  readonly operations: RunScriptOperations
  /** What scripts in other languages than Python are run with. */
  readonly foreign: Pick<ForeignScriptScope, 'host' | 'operations' | 'limits'>
}

/**
 * Has a hop done by the release's own code, and records each module in the transaction that Odoo's loader
 * commits it in. Fails with {@link StepFailedError}, naming the first step that was not committed.
 */
export async function runOdooHop(hop: OdooHop, scope: OdooHopScope): Promise<readonly Finding[]> {
  const { plan } = hop
  const findings: Finding[] = []
  const scripts = new RanScripts()
  const journal = new LoaderJournal(hop, scope.ticket, scripts)
  const modules = new Set(plan.steps.flatMap((step) => ('module' in step ? [step.module] : [])))
  await scope.progress.step(
    `Upgrading to ${plan.to}`,
    { unit: 'modules', total: modules.size },
    async (advance) => {
      const stop = showRun(scope.events, advance)
      const addFinding = (finding: Finding): void => {
        findings.push(finding)
        scope.events.emit('finding', finding)
      }
      const { events, progress, upgrade } = scope
      const foreign = new ForeignScriptRunner(plan, {
        ...scope.foreign,
        addFinding,
        log: (line) => events.emit('scriptLog', line),
        signal: progress.signal,
        keepGoing: upgrade.keepGoing,
      })
      try {
        await withRunSession(
          scope.host,
          scope.database,
          scope.role,
          scope.progress.signal,
          async (session) => {
            await restoreSequences(session, hop.sequences)
            await load(session, hop, scope, {
              addFinding,
              foreign,
              scripts,
              onCommit: async (commit) => {
                if (foreign.failure !== undefined) throw foreign.failure
                await journal.record(session, commit)
                if (commit.kind === 'module') advance.advance(1, commit.module)
              },
            })
          },
        )
      } catch (error) {
        const cause = foreign.failure ?? error
        throw new StepFailedError(journal.pending(cause), cause)
      } finally {
        stop()
      }
    },
  )
  return findings
}

interface LoadHooks {
  readonly addFinding: (finding: Finding) => void
  readonly foreign: ForeignScriptRunner
  readonly scripts: RanScripts
  readonly onCommit: (commit: LoaderCommit) => Promise<void>
}

async function load(
  session: Session,
  { plan, request, tree, done }: OdooHop,
  scope: OdooHopScope,
  { addFinding, foreign, scripts, onCommit }: LoadHooks,
): Promise<void> {
  const { upgrade, host, database } = scope
  const { python } = upgrade
  if (tree.root === undefined) throw noTree(plan.to)
  const loaderEvents = forwardLoaderEvents(scope.events, addFinding)
  loaderEvents.on('moduleStarted', ({ module }) => foreign.startModule(module))
  loaderEvents.on('scriptFinished', (script) => scripts.add(script))
  await runOdooLoader({
    guest: {
      interpreter:
        python.interpreter === 'embedded' ? 'embedded' : { executable: python.interpreter },
      release: plan.to,
      odoo: tree.root,
      addonsPaths: tree.folders,
      upgradePaths: request.upgradePath,
      packages: request.packages ?? [],
      ...(python.openupgradelib !== undefined && { library: { folder: python.openupgradelib } }),
      filestore: filestoreOf(host, database),
      cacheDirectory: scope.cache,
      environment: environmentOf(upgrade),
      ...(upgrade.scriptMemory !== undefined && { memory: upgrade.scriptMemory }),
    },
    profile: request.profile,
    session,
    update: request.update,
    init: request.init,
    withoutDemo: upgrade.withoutDemo,
    finished: done.flatMap(({ state }) => (state === undefined ? [] : [state])),
    onCommit,
    allowScriptCommit: upgrade.allowScriptCommit,
    events: loaderEvents,
    operations: (watched) => ({
      ...scope.operations(watched, addFinding),
      ...foreign.operations(watched),
    }),
    foreignScripts: foreign.scripts,
    keepGoing: upgrade.keepGoing,
    limits: {},
    signal: scope.progress.signal,
  })
}

/** OPENUPGRADE_* variables of the request, for addons that read them. */
function environmentOf(upgrade: UpgradeRequest): Readonly<Record<string, string>> {
  const { targetVersion, useDemo, renamedModules, mergedModules } = upgrade
  const json = (name: string, value: object): Record<string, string> =>
    Object.keys(value).length === 0 ? {} : { [name]: JSON.stringify(value) }
  return {
    ...(targetVersion !== undefined && { OPENUPGRADE_TARGET_VERSION: targetVersion }),
    ...(useDemo && { OPENUPGRADE_USE_DEMO: 'yes' }),
    ...json('OPENUPGRADE_RENAMED_MODULES', renamedModules),
    ...json('OPENUPGRADE_MERGED_MODULES', mergedModules),
  }
}

/** Turns the loader's commits into records of the plan's steps. */
class LoaderJournal {
  readonly #hop: OdooHop
  readonly #ticket: RunTicket
  readonly #done: Set<number>
  readonly #scripts: RanScripts
  #sequences: SequencePositions
  #last = performance.now()

  constructor(hop: OdooHop, ticket: RunTicket, scripts: RanScripts) {
    this.#hop = hop
    this.#ticket = ticket
    this.#scripts = scripts
    this.#done = new Set(hop.done.map(({ step }) => step))
    this.#sequences = hop.sequences
  }

  /** Inside the transaction that is about to be committed. */
  async record(session: Session, commit: LoaderCommit): Promise<void> {
    const numbers = this.#stepsOf(commit)
    const now = await readSequences(session)
    const moved = movedSequences(this.#sequences, now)
    const milliseconds = performance.now() - this.#last
    for (const [at, number] of numbers.entries()) {
      const isLast = at === numbers.length - 1
      const reference = { hop: this.#hop.hop, step: number }
      const step = this.#hop.plan.steps[number] ?? unplanned(commit)
      await startStep(session, this.#ticket, reference, step)
      await finishStep(session, this.#ticket, reference, {
        milliseconds: isLast ? milliseconds : 0,
        scripts: await this.#scriptsOf(step),
        findings: [],
        sequences: isLast ? moved : {},
        partly: false,
        ...(isLast && { state: commit.state }),
      })
      this.#done.add(number)
    }
    this.#sequences = now
    this.#last = performance.now()
  }

  #scriptsOf(step: PlanStep): Promise<readonly RecordedScript[]> {
    return step.kind === 'scripts' ? this.#scripts.take(step) : Promise.resolve([])
  }

  /** The step that a failure is about. */
  pending(error: unknown) {
    const { hop, plan } = this.#hop
    const module = error instanceof UserError ? error.data.module : undefined
    const open = plan.steps.map((_, number) => number).filter((number) => !this.#done.has(number))
    const own = open.find((number) => {
      const step = plan.steps[number]
      return step !== undefined && 'module' in step && step.module === module
    })
    const step = own ?? open[0] ?? plan.steps.length - 1
    const planned = plan.steps[step]
    return { hop, step, name: planned === undefined ? 'end' : nameOfStep(planned) }
  }

  /** The plan's steps that a commit completes; a number behind them for what the plan does not know. */
  #stepsOf(commit: LoaderCommit): readonly number[] {
    const { steps } = this.#hop.plan
    const open = steps.map((_, number) => number).filter((number) => !this.#done.has(number))
    if (commit.kind === 'end') return open
    if (commit.kind !== 'module' && commit.kind !== 'removal') return []
    const own = open.filter((number) => completes(steps[number], commit))
    return own.length > 0 ? own : [Math.max(steps.length, ...this.#done) + 1]
  }
}

/** The list is written together with the first module behind `base`. */
function completes(step: PlanStep | undefined, { kind, module }: LoaderCommit): boolean {
  if (step === undefined) return false
  if (step.kind === 'remove') return kind === 'removal'
  if (kind !== 'module') return false
  if (step.kind === 'list') return module !== 'base'
  if (step.kind === 'checks' || step.module !== module) return false
  return step.kind === 'load' || step.phase !== 'end'
}

function unplanned({ module }: LoaderCommit): PlanStep {
  return {
    kind: 'load',
    module: module ?? '',
    installedVersion: '',
    targetVersion: '',
    completes: true,
    index: 0,
    total: 0,
    isNew: false,
  }
}

function noTree(series: string): UserError {
  return new UserError(
    'ODOO_SOURCE_UNKNOWN',
    `The source tree of Odoo ${series} is not on the addons path`,
    {
      hint: 'Give the root of the tree (the folder that holds odoo/release.py) with --addons-path: its own code loads the modules.',
    },
  )
}
