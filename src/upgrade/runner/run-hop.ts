import type { Finding } from '../../base/index.js'
import { type DatabaseHost, makeCheckpoint } from '../../databases/manager/index.js'
import type { Session } from '../../db/index.js'
import { type HopPlan, nameOfStep, type PlanStep } from '../planning/index.js'
import type { StepEvent } from './run-events.js'
import { withRunSession } from './run-session.js'
import { runStep, type StepResult, type StepScope } from './run-step.js'
import type { ScriptRole } from './script-role.js'
import { restoreSequences, type SequencePositions } from './sequences.js'
import { showRun } from './show-run.js'
import { StepFailedError } from './step-failed-error.js'

/** A hop that is under way. */
export interface RunningHop {
  /** Counted from 0. */
  readonly hop: number
  readonly hops: number
  readonly plan: HopPlan
  /** Steps that are done already. */
  readonly done: ReadonlySet<number>
  /** Where all sequences stand after the last step that is done. */
  readonly sequences: SequencePositions
}

export interface HopScope {
  readonly host: DatabaseHost
  readonly database: string
  readonly role: ScriptRole | undefined
  /** Modules before whose first step a checkpoint is made; `*` for all. */
  readonly checkpoints: readonly string[]
  /** What steps share, in a session. */
  readonly stepScope: (session: Session) => Omit<StepScope, 'loadedModules'>
  readonly step: Omit<StepScope, 'session' | 'records' | 'loadedModules'>
}

/** Runs the steps of a hop that are not done yet; fails with {@link StepFailedError}. */
export async function runHop(running: RunningHop, scope: HopScope): Promise<readonly Finding[]> {
  const { plan, done } = running
  const findings: Finding[] = []
  let { sequences } = running
  const pending = plan.steps.map((_, number) => number).filter((number) => !done.has(number))
  const modules = new Set(plan.steps.flatMap((step) => ('module' in step ? [step.module] : [])))
  await scope.step.progress.step(
    `Upgrading to ${plan.to}`,
    { unit: 'modules', total: modules.size },
    async (advance) => {
      const stop = showRun(scope.step.scripts.events, advance)
      try {
        for (const segment of segmentsOf(plan.steps, pending, scope.checkpoints)) {
          const first = segment[0] ?? 0
          if (isCheckpoint(plan.steps, first, scope.checkpoints)) {
            await checkpoint(running, first, scope)
          }
          sequences = await runSegment(running, segment, sequences, scope, (step, outcome) => {
            findings.push(...outcome.findings)
            if ('completes' in step && step.completes) advance.advance(1, step.module)
          })
        }
      } finally {
        stop()
      }
    },
  )
  return findings
}

/** Runs steps in one session, and returns where the sequences stand behind them. */
async function runSegment(
  running: RunningHop,
  segment: readonly number[],
  before: SequencePositions,
  scope: HopScope,
  onDone: (step: PlanStep, outcome: StepResult) => void,
): Promise<SequencePositions> {
  const { host, database, role } = scope
  const { signal } = scope.step.progress
  let sequences = before
  await withRunSession(host, database, role, signal, async (session) => {
    await restoreSequences(session, sequences)
    for (const number of segment) {
      const outcome = await runOne(running, number, sequences, scope.stepScope(session))
      sequences = outcome.sequences
      const step = running.plan.steps[number]
      if (step !== undefined) onDone(step, outcome)
    }
  })
  return sequences
}

/** The pending steps, cut before every step that gets a checkpoint: nobody may be connected then. */
function segmentsOf(
  steps: readonly PlanStep[],
  pending: readonly number[],
  checkpoints: readonly string[],
): readonly (readonly number[])[] {
  const segments: number[][] = []
  for (const number of pending) {
    const current = segments.at(-1)
    if (current === undefined || isCheckpoint(steps, number, checkpoints)) segments.push([number])
    else current.push(number)
  }
  return segments
}

function isCheckpoint(
  steps: readonly PlanStep[],
  number: number,
  checkpoints: readonly string[],
): boolean {
  const step = steps[number]
  if (checkpoints.length === 0 || step === undefined || !('module' in step)) return false
  if (!checkpoints.includes('*') && !checkpoints.includes(step.module)) return false
  if (step.kind === 'scripts' && step.phase === 'end') return false
  const before = steps[number - 1]
  return before === undefined || !('module' in before) || before.module !== step.module
}

async function checkpoint(running: RunningHop, number: number, scope: HopScope): Promise<void> {
  const step = running.plan.steps[number]
  if (step === undefined) return
  const at = { hop: running.hop, step: number, before: nameOfStep(step) }
  const { name } = await makeCheckpoint(scope.host, scope.database, at)
  scope.step.scripts.events.emit('checkpointMade', { database: name, before: at.before })
}

async function runOne(
  { hop, hops, plan }: RunningHop,
  number: number,
  sequences: SequencePositions,
  scope: Omit<StepScope, 'loadedModules'>,
) {
  const step = plan.steps[number]
  if (step === undefined) throw new RangeError(`The plan has no step ${number}`)
  const { events } = scope.scripts
  const event: StepEvent = {
    hop: hop + 1,
    hops,
    step: number + 1,
    steps: plan.steps.length,
    name: nameOfStep(step),
    ...('module' in step && { module: step.module }),
  }
  events.emit('stepStarted', event)
  if (step.kind === 'load') {
    events.emit('moduleLoading', { module: step.module, index: step.index, total: step.total })
  }
  try {
    const outcome = await runStep(step, { hop, step: number }, sequences, {
      ...scope,
      loadedModules: loadedBefore(plan.steps, number),
    })
    events.emit('stepFinished', { ...event, milliseconds: outcome.milliseconds })
    return outcome
  } catch (error) {
    throw new StepFailedError({ hop, step: number, name: event.name }, error)
  }
}

function loadedBefore(steps: readonly PlanStep[], number: number): ReadonlySet<string> {
  const before = steps.slice(0, number)
  return new Set(before.flatMap((step) => (step.kind === 'load' ? [step.module] : [])))
}
