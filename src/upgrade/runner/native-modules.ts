import type { LoaderFact, LoaderScope, NativeLoader } from '../loader/index.js'
import type { ListStep, LoadStep, PlanStep } from '../planning/index.js'
import type { RecordedStep } from './journal/index.js'
import type { LoadScope, ModuleLoader, StepFact } from './module-loader.js'
import { listModules, type RowLoaderOptions } from './module-rows/index.js'

export interface NativeModulesOptions extends RowLoaderOptions {
  /** Steps that are done already. */
  readonly done: readonly RecordedStep[]
  /** Reads the release; called at the first step that needs it. */
  readonly open: () => Promise<NativeLoader>
}

/** Lets moult's own loader work in the steps of a run, and gives back to it what earlier steps kept. */
export class NativeModules implements ModuleLoader {
  readonly #options: NativeModulesOptions
  #loader: Promise<NativeLoader> | undefined

  constructor(options: NativeModulesOptions) {
    this.#options = options
  }

  async begin(scope: LoadScope): Promise<void> {
    await (await this.#opened()).begin(scopeOf(scope))
  }

  async list(_: ListStep, scope: LoadScope): Promise<void> {
    await listModules(this.#options, scope)
    scope.addFinding({
      code: 'RECORDS_NOT_LOADED',
      severity: 'warning',
      message: `Schemas and models of ${this.#options.plan.to} are there; records of data files, views and translations are as the scripts left them`,
      hint: 'Start the new release with -u all on a copy to load them, or use the loader odoo.',
    })
  }

  async load(step: LoadStep, scope: LoadScope): Promise<void> {
    await (await this.#opened()).load(step, scopeOf(scope))
  }

  async complete(module: string, scope: LoadScope): Promise<void> {
    await (await this.#opened()).afterScripts(module, scopeOf(scope))
  }

  async settle(scope: LoadScope): Promise<void> {
    await (await this.#opened()).settle(scopeOf(scope))
  }

  async finish(scope: LoadScope): Promise<void> {
    await (await this.#opened()).finish(scopeOf(scope))
  }

  #opened(): Promise<NativeLoader> {
    this.#loader ??= this.#open()
    return this.#loader
  }

  async #open(): Promise<NativeLoader> {
    const { open, plan, done } = this.#options
    const loader = await open()
    if (done.length > 0) {
      loader.resume({
        turns: turnsOf(plan.steps, done),
        settled: done.some(({ name }) => name === 'settle'),
        facts: factsOf(done),
      })
    }
    return loader
  }
}

function scopeOf({ session, addFinding, keep, progress }: LoadScope): LoaderScope {
  return {
    session,
    addFinding,
    signal: progress.signal,
    keep: ({ part, value }) => keep({ part, value }),
  }
}

/** Modules whose load is done, in order. */
function turnsOf(steps: readonly PlanStep[], done: readonly RecordedStep[]): readonly LoadStep[] {
  const numbers = new Set(done.filter(({ status }) => status === 'done').map(({ step }) => step))
  return steps.filter(
    (step, number): step is LoadStep => step.kind === 'load' && numbers.has(number),
  )
}

function factsOf(done: readonly RecordedStep[]): readonly LoaderFact[] {
  return done.flatMap(({ state }): readonly LoaderFact[] =>
    state === undefined ? [] : (JSON.parse(state) as readonly (LoaderFact & StepFact)[]),
  )
}
