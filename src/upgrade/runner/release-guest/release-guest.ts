import { CancelledError, UserError } from '../../../base/index.js'
import type {
  NativeOrm,
  ScriptCall,
  ScriptHost,
  ScriptScope,
} from '../../../scripts/hosts/index.js'
import type {
  DataFunction,
  EvaluatedDefault,
  FieldReference,
  Guest,
  LoaderScope,
  ModuleHook,
  NativeLoader,
  WantedDefault,
} from '../../loader/index.js'
import { releaseCodeUnavailable, releaseCodeUsed, releaseScriptRun } from './guest-findings.js'

/** The release's own ORM, as far as it is needed here. */
export type ReleaseOrm = Pick<NativeOrm, keyof NativeOrm>

export interface ReleaseGuestParts {
  /** Series of the release. */
  readonly release: string
  /** Starts an interpreter with the release's code in it. */
  readonly open: (scope: ScriptScope) => Promise<ReleaseOrm>
  /** Says which modules have been loaded. */
  readonly loader: () => Promise<Pick<NativeLoader, 'modules' | 'settled'>>
  /** What the release's code may ask for while the loader has it work. */
  readonly scopeOf: (scope: LoaderScope) => ScriptScope
}

/** Names what a step cannot do without, where it cannot be had. */
const UNAVAILABLE = 'RELEASE_CODE_UNAVAILABLE'

/**
 * The release's own code, in an interpreter that is started when something first needs it. It works in the
 * transaction of the step, on a registry of the modules that are loaded by then: those that came since the last
 * time are added together.
 */
export class ReleaseGuest implements Guest {
  readonly #parts: ReleaseGuestParts
  #orm: ReleaseOrm | undefined
  /** Why it cannot be had, for the rest of the hop. */
  #refusal: UserError | undefined
  /** What its registry was made of last. */
  #extent = ''

  constructor(parts: ReleaseGuestParts) {
    this.#parts = parts
  }

  /** Runs scripts that need the models; where they cannot be had it rejects with RELEASE_CODE_UNAVAILABLE. */
  scripts(addFinding: LoaderScope['addFinding']): Pick<ScriptHost, 'run'> {
    return {
      run: async (call: ScriptCall, scope: ScriptScope): Promise<void> => {
        const orm = await this.#enter(await this.#modules(), scope, addFinding)
        await orm.run(call, scope)
        addFinding(releaseScriptRun(call, this.#parts.release))
      },
    }
  }

  async autoInit(module: string, models: readonly string[], scope: LoaderScope): Promise<void> {
    await this.#do(scope, (orm, own) => orm.initModels(models, '_auto_init', own))
    this.#tell(scope, module, `ran _auto_init of ${models.join(', ')}`)
  }

  async init(module: string, models: readonly string[], scope: LoaderScope): Promise<void> {
    await this.#do(scope, (orm, own) => orm.initModels(models, 'init', own))
    this.#tell(scope, module, `ran init of ${models.join(', ')}`)
  }

  async defaults(
    module: string,
    wanted: readonly WantedDefault[],
    scope: LoaderScope,
  ): Promise<readonly EvaluatedDefault[]> {
    const values = await this.#do(scope, (orm, own) => orm.defaults(wanted, own))
    const rows = wanted.reduce((sum, { count }) => sum + count, 0)
    this.#tell(scope, module, `worked out the default of ${namesOf(wanted)}`, rows)
    return wanted.map(({ model, field }, at) => ({ model, field, values: values[at] ?? [] }))
  }

  async initColumns(
    module: string,
    fields: readonly FieldReference[],
    scope: LoaderScope,
  ): Promise<void> {
    await this.#do(scope, (orm, own) => orm.initColumns(fields, own))
    this.#tell(scope, module, `filled the new columns ${namesOf(fields)}`)
  }

  async compute(
    module: string,
    fields: readonly FieldReference[],
    scope: LoaderScope,
  ): Promise<void> {
    const byModel = new Map<string, string[]>()
    for (const { model, field } of fields) {
      byModel.set(model, [...(byModel.get(model) ?? []), field])
    }
    const requests = [...byModel].map(([model, names]) => ({ model, fields: names }))
    const rows = await this.#do(scope, (orm, own) => orm.compute(requests, own))
    this.#tell(scope, module, `computed ${namesOf(fields)}`, rows)
  }

  async runHook(hook: ModuleHook, scope: LoaderScope): Promise<void> {
    const before = (name: string): boolean => hook.kind === 'post' || name !== hook.module
    await this.#do(scope, (orm, own) => orm.runHook(hook, own), before)
    this.#tell(scope, hook.module, `ran ${hook.name}`)
  }

  async callFunction(call: DataFunction, scope: LoaderScope): Promise<void> {
    const { file, line, module } = call
    // The file's own guard was heeded by who calls.
    const element = { ...call, noupdate: false }
    await this.#do(scope, (orm, own) => orm.callFunction(element, own))
    this.#tell(scope, module, `called what ${file}, line ${line}, says`)
  }

  /** Ends the interpreter. */
  async close(): Promise<void> {
    const orm = this.#orm
    this.#orm = undefined
    await orm?.close()
  }

  async #do<T>(
    scope: LoaderScope,
    body: (orm: ReleaseOrm, scope: ScriptScope) => Promise<T>,
    takesPart: (module: string) => boolean = () => true,
  ): Promise<T> {
    const own = this.#parts.scopeOf(scope)
    const modules = (await this.#modules()).filter(takesPart)
    return body(await this.#enter(modules, own, scope.addFinding), own)
  }

  async #modules(): Promise<readonly string[]> {
    return (await this.#parts.loader()).modules
  }

  /** An interpreter whose registry has these modules. */
  async #enter(
    modules: readonly string[],
    scope: ScriptScope,
    addFinding: LoaderScope['addFinding'],
  ): Promise<ReleaseOrm> {
    if (this.#refusal !== undefined) throw this.#refusal
    const { release } = this.#parts
    if (modules.length === 0) {
      throw new UserError(UNAVAILABLE, `No model of Odoo ${release} is loaded yet`)
    }
    try {
      const complete = (await this.#parts.loader()).settled
      const orm = await this.#opened(scope)
      const extent = [...modules, complete].join()
      if (this.#extent !== extent) await orm.extend({ modules, complete }, scope)
      this.#extent = extent
      return orm
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof CancelledError) throw error
      // What cannot be imported today cannot be in this hop: modules are only added.
      this.#refusal = new UserError(UNAVAILABLE, error.message, { cause: error })
      addFinding(releaseCodeUnavailable(error, release))
      throw this.#refusal
    }
  }

  async #opened(scope: ScriptScope): Promise<ReleaseOrm> {
    if (this.#orm?.alive === true) return this.#orm
    await this.close()
    this.#extent = ''
    this.#orm = await this.#parts.open(scope)
    return this.#orm
  }

  #tell({ addFinding }: LoaderScope, module: string, what: string, rows?: number): void {
    addFinding(releaseCodeUsed(module, this.#parts.release, what, rows))
  }
}

function namesOf(fields: readonly FieldReference[]): string {
  return fields.map(({ model, field }) => `${model}.${field}`).join(', ')
}
