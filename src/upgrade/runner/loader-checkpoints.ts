import type { Checkpoint } from '../../databases/manager/index.js'
import { nameOfStep } from '../planning/index.js'
import type { JournalledHop } from './loader-journal.js'

/** Before which modules of a hop a checkpoint is still to be made. */
export class LoaderCheckpoints {
  readonly #hop: Pick<JournalledHop, 'hop' | 'plan'>
  readonly #wanted: ReadonlySet<string>
  readonly #made = new Set<string>()

  /** `modules` are those of the request; `*` stands for all. */
  constructor(hop: Pick<JournalledHop, 'hop' | 'plan'>, modules: readonly string[]) {
    this.#hop = hop
    this.#wanted = new Set(modules)
  }

  /** Whether the loader has to stop before a module. */
  wants(module: string): boolean {
    if (this.#made.has(module) || this.#firstStepOf(module) === undefined) return false
    return this.#wanted.has('*') || this.#wanted.has(module)
  }

  /**
   * The checkpoint to make now, before the module that the loader has stopped at, or before that of the first
   * step that is open: a new attempt would stop there at once. It counts as made.
   */
  due(
    pausedBefore: string | undefined,
    next: number | undefined,
  ): Omit<Checkpoint, 'name'> | undefined {
    const { hop, plan } = this.#hop
    const step = next === undefined ? undefined : plan.steps[next]
    const module =
      pausedBefore ?? (step !== undefined && 'module' in step ? step.module : undefined)
    if (module === undefined || !this.wants(module)) return undefined
    const number = this.#firstStepOf(module)
    // A script's own commit has cut it in two.
    if (pausedBefore === undefined && number !== next) return undefined
    const first = number === undefined ? undefined : plan.steps[number]
    if (number === undefined || first === undefined) return undefined
    this.#made.add(module)
    return { hop, step: number, before: nameOfStep(first) }
  }

  #firstStepOf(module: string): number | undefined {
    const { steps } = this.#hop.plan
    const at = steps.findIndex((step) => 'module' in step && step.module === module)
    const step = steps[at]
    // End scripts come behind all modules.
    if (step === undefined || (step.kind === 'scripts' && step.phase === 'end')) return undefined
    return at
  }
}
