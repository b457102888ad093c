import { type Finding, UserError } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { LoaderCommit } from '../odoo-loader/index.js'
import { type HopPlan, nameOfStep, type PlanStep } from '../planning/index.js'
import {
  finishStep,
  markPartlyCommitted,
  type RecordedStep,
  type RunTicket,
  type StepReference,
  startStep,
} from './journal/index.js'
import type { RanScripts } from './ran-scripts.js'
import { movedSequences, readSequences, type SequencePositions } from './sequences.js'

/** A hop as its journal knows it. */
export interface JournalledHop {
  /** Counted from 0. */
  readonly hop: number
  readonly plan: HopPlan
  /** Steps that earlier attempts have done. */
  readonly done: readonly RecordedStep[]
  /** Where all sequences stand after them. */
  readonly sequences: SequencePositions
}

/**
 * Turns the commits of the release's own loader into records of the plan's steps, and knows what the next
 * attempt begins with.
 */
export class LoaderJournal {
  readonly #hop: JournalledHop
  readonly #ticket: RunTicket
  readonly #done: Set<number>
  readonly #scripts: RanScripts
  #states: readonly string[]
  #sequences: SequencePositions
  #findings: Finding[] = []
  #last = performance.now()

  constructor(hop: JournalledHop, ticket: RunTicket, scripts: RanScripts) {
    this.#hop = hop
    this.#ticket = ticket
    this.#scripts = scripts
    const done = hop.done.filter(({ status }) => status === 'done')
    this.#done = new Set(done.map(({ step }) => step))
    this.#states = hop.done.flatMap(({ state }) => (state === undefined ? [] : [state]))
    this.#sequences = hop.sequences
  }

  /** Whether nothing is left to do: all that follows the last module is one transaction with it. */
  get isComplete(): boolean {
    return this.#hop.plan.steps.every((_, number) => this.#done.has(number))
  }

  /** `state` of all commits so far, in their order. */
  get states(): readonly string[] {
    return this.#states
  }

  /** Where all sequences stood at the last commit. */
  get sequences(): SequencePositions {
    return this.#sequences
  }

  /** The first step that was not committed. */
  get next(): number | undefined {
    return this.#open()[0]
  }

  /** Keeps what was found until the transaction that it was found in is committed. */
  addFinding(finding: Finding): void {
    this.#findings.push(finding)
  }

  /** The transaction under way is undone, and what was found in it will be found again. */
  undo(): void {
    this.#findings = []
  }

  /** Inside the transaction that is about to be committed. */
  async record(session: Session, commit: LoaderCommit): Promise<void> {
    const now = await readSequences(session)
    if (commit.kind === 'script') {
      return this.#recordPart(session, commit, movedSequences(this.#sequences, now))
    }
    const numbers = this.#stepsOf(commit)
    const milliseconds = performance.now() - this.#last
    for (const [at, number] of numbers.entries()) {
      const isLast = at === numbers.length - 1
      const reference = { hop: this.#hop.hop, step: number }
      const step = this.#hop.plan.steps[number] ?? unplanned(commit)
      await startStep(session, this.#ticket, reference, step)
      await finishStep(session, this.#ticket, reference, {
        milliseconds: isLast ? milliseconds : 0,
        scripts: step.kind === 'scripts' ? await this.#scripts.take(step) : [],
        findings: isLast ? this.#findings : [],
        before: isLast ? this.#sequences : now,
        partly: false,
        ...(isLast && { state: commit.state }),
      })
      this.#done.add(number)
    }
    this.#states = [...this.#states, commit.state]
    this.#findings = []
    this.#sequences = now
    this.#last = performance.now()
  }

  /** The step that a failure is about. */
  pending(error: unknown): StepReference & { readonly name: string } {
    const { hop, plan } = this.#hop
    const module = error instanceof UserError ? error.data.module : undefined
    const open = this.#open()
    const own = open.find((number) => {
      const step = plan.steps[number]
      return step !== undefined && 'module' in step && step.module === module
    })
    const step = own ?? open[0] ?? plan.steps.length - 1
    const planned = plan.steps[step]
    return { hop, step, name: planned === undefined ? 'end' : nameOfStep(planned) }
  }

  /** A script's own commit: its ids are taken, whatever becomes of the rest of the module. */
  async #recordPart(
    session: Session,
    { module }: LoaderCommit,
    moved: SequencePositions,
  ): Promise<void> {
    const { hop, plan } = this.#hop
    const number = this.#open().find((open) => completes(plan.steps[open], 'module', module))
    const step = number === undefined ? undefined : plan.steps[number]
    if (number === undefined || step === undefined) return
    const reference = { hop, step: number }
    await startStep(session, this.#ticket, reference, step)
    await markPartlyCommitted(session, this.#ticket, reference, moved)
  }

  /** The plan's steps that a commit completes; a number behind them for what the plan does not know. */
  #stepsOf({ kind, module }: LoaderCommit): readonly number[] {
    const { steps } = this.#hop.plan
    const open = this.#open()
    if (kind === 'end') return open
    const own = open.filter((number) => completes(steps[number], kind, module))
    return own.length > 0 ? own : [Math.max(steps.length, ...this.#done) + 1]
  }

  #open(): readonly number[] {
    const { steps } = this.#hop.plan
    return steps.map((_, number) => number).filter((number) => !this.#done.has(number))
  }
}

/** The list is written together with the first module behind `base`. */
function completes(
  step: PlanStep | undefined,
  kind: LoaderCommit['kind'],
  module: string | undefined,
): boolean {
  if (step === undefined) return false
  if (step.kind === 'remove') return kind === 'removal'
  if (kind !== 'module') return false
  if (step.kind === 'list') return module !== 'base'
  if (!('module' in step) || step.module !== module) return false
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
