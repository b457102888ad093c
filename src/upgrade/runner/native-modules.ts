import type { Finding } from '../../base/index.js'
import type { ImportedFile, LoaderFact, LoaderScope, NativeLoader } from '../loader/index.js'
import type { ListStep, LoadStep, PlanStep } from '../planning/index.js'
import type { RecordedStep } from './journal/index.js'
import type { LoadScope, ModuleLoader, StepFact } from './module-loader.js'
import { listModules, type RowLoaderOptions } from './module-rows/index.js'

export interface NativeModulesOptions extends RowLoaderOptions {
  /** Steps that are done already. */
  readonly done: readonly RecordedStep[]
  /** Reads the release; called at the first step that needs it. */
  readonly open: (tell: (finding: Finding) => void) => Promise<NativeLoader>
}

/** Lets moult's own loader work in the steps of a run, and gives back to it what earlier steps kept. */
export class NativeModules implements ModuleLoader {
  readonly #options: NativeModulesOptions
  #loader: Promise<NativeLoader> | undefined
  /** Of the step that is under way. */
  #scope: LoadScope | undefined

  constructor(options: NativeModulesOptions) {
    this.#options = options
  }

  /** The loader, with what earlier processes have done of the hop. */
  loader(): Promise<NativeLoader> {
    return this.#opened(this.#scope)
  }

  async begin(scope: LoadScope): Promise<void> {
    await (await this.#opened(scope)).begin(scopeOf(scope))
  }

  async list(_: ListStep, scope: LoadScope): Promise<void> {
    await listModules(this.#options, scope)
  }

  async load(step: LoadStep, scope: LoadScope): Promise<void> {
    await (await this.#opened(scope)).load(step, scopeOf(scope))
  }

  async complete(module: string, scope: LoadScope): Promise<void> {
    await (await this.#opened(scope)).afterScripts(module, scopeOf(scope))
  }

  /** Imports a data file that a script names, within the script's transaction. */
  async importFile(
    file: ImportedFile,
    { session, addFinding }: Pick<LoaderScope, 'session' | 'addFinding'>,
  ): Promise<void> {
    const { signal } = new AbortController()
    await (await this.#opened(this.#scope)).importFile(file, {
      session,
      addFinding,
      signal,
      keep: () => {},
    })
  }

  async settle(scope: LoadScope): Promise<void> {
    await (await this.#opened(scope)).settle(scopeOf(scope))
  }

  async finish(scope: LoadScope): Promise<void> {
    await (await this.#opened(scope)).finish(scopeOf(scope))
  }

  #opened(scope: LoadScope | undefined): Promise<NativeLoader> {
    this.#scope = scope
    this.#loader ??= this.#open()
    return this.#loader
  }

  async #open(): Promise<NativeLoader> {
    const { open, plan, done } = this.#options
    // What an earlier process has seen, it has told.
    let isTold = done.length > 0
    const loader = await open((finding) => {
      if (!isTold) this.#scope?.addFinding(finding)
    })
    if (done.length > 0) {
      loader.resume({
        turns: turnsOf(plan.steps, done),
        settled: done.some(({ name }) => name === 'settle'),
        facts: factsOf(done),
      })
    }
    isTold = false
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
