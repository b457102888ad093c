import { z } from 'zod'
import { InternalError } from '../../../../base/index.js'
import { decodeValue, encodeValue, type GuestValue } from '../../../values/index.js'
import type { ScriptCall, ScriptHost, ScriptScope } from '../../script-host.js'
import { outcomeError, readOutcome } from '../script-errors.js'
import { type FolderNaming, locateScript, type ScriptFolders } from '../script-folders.js'
import type { OdooGuest } from './odoo-guest.js'

/** Which stored fields to compute anew. */
export interface ComputeRequest {
  readonly model: string
  readonly fields: readonly string[]
  /** Records; all of the model's unless given. */
  readonly ids?: readonly number[]
}

/** A field of a model, by name. */
export interface FieldName {
  readonly model: string
  readonly field: string
}

/** A default for new records. */
export interface DefaultRequest extends FieldName {
  /** How many records there are; each has a value of its own. */
  readonly count: number
}

/** A function of a module that its manifest names for its installation. */
export interface HookCall {
  readonly module: string
  readonly name: string
  readonly kind: 'pre' | 'post'
}

/** A `<function>` of a data file. */
export interface FunctionElement {
  readonly module: string
  /** Absolute path. */
  readonly file: string
  readonly line: number
  readonly mode: 'init' | 'update'
  readonly noupdate: boolean
}

/** A method to call on records. */
export interface MethodCall {
  readonly model: string
  readonly method: string
  /** Empty for a method of the model itself. */
  readonly ids: readonly number[]
  readonly args?: readonly GuestValue[]
  readonly keywords?: ReadonlyMap<string, GuestValue>
  readonly context?: ReadonlyMap<string, GuestValue>
}

export interface ExtendRequest {
  /** Modules in the order in which they are loaded; those that are in already are passed over. */
  readonly modules: readonly string[]
  /**
   * Fields (`model.field`) that are translated in the database now, from Odoo 16 on; left out, they are read
   * from the columns' types.
   */
  readonly translated?: readonly string[]
  /** No module follows: models patch what they patch in a complete registry. */
  readonly complete?: boolean
}

/** What the registry holds. */
export interface RegistryFacts {
  readonly modules: readonly string[]
  readonly models: number
}

/**
 * The release's own ORM in the middle of an upgrade: a registry of the modules that the host has loaded so
 * far, on the host's open transaction. Every call begins with dropped caches and ends with all writes sent;
 * after a failure the host rolls back to where the call began. It never commits and issues no DDL.
 */
export class NativeOrm implements ScriptHost {
  readonly #guest: OdooGuest
  readonly #folders: ScriptFolders
  readonly #naming: FolderNaming
  #hostHelpers: readonly string[] = []

  constructor(guest: OdooGuest, folders: ScriptFolders, naming: FolderNaming) {
    this.#guest = guest
    this.#folders = folders
    this.#naming = naming
  }

  /** Helpers that the host does for scripts although Odoo could: what they load its own loader must know of. */
  leaveToHost(helpers: readonly string[]): void {
    this.#hostHelpers = helpers
  }

  /** False after a call that was stopped: another one has to be opened. */
  get alive(): boolean {
    return this.#guest.alive
  }

  /** Brings the registry to these modules. */
  async extend(request: ExtendRequest, scope: ScriptScope): Promise<RegistryFacts> {
    const { modules, translated = null, complete = false } = request
    const what = `Loading the models of ${modules.at(-1) ?? 'no module'}`
    const parameters = { modules, translated, complete }
    return factsSchema.parse(await this.#guest.run({ action: 'extend', parameters, what }, scope))
  }

  /** Runs a migration script with the models that were loaded by {@link extend}. */
  async run(call: ScriptCall, scope: ScriptScope): Promise<void> {
    const location = await locateScript(call.file, this.#folders, this.#naming)
    const { mounts, path, folders } = location
    const parameters = {
      path,
      module: call.module,
      stage: call.phase,
      directory: call.directory,
      version: call.installedVersion,
      folders,
      host_helpers: this.#hostHelpers,
      user_paths: [...mounts, ...this.#folders.mounts].map(({ guest, shown }) => [guest, shown]),
    }
    const what = `${call.module}: ${call.file}`
    const command = { action: 'run_script', parameters, what, mounts }
    const { outcome, errors } = await this.#guest.exchange(command, scope, readOutcome)
    if (outcome.kind === 'passed') return
    throw errors.outside ?? outcomeError(outcome, call, errors.last)
  }

  /**
   * Computes stored fields, in chunks of 1,000 records; answers how many records there were. All are queued
   * first, so that one that another needs is there.
   */
  async compute(requests: readonly ComputeRequest[], scope: ScriptScope): Promise<number> {
    const names = requests.flatMap(({ model, fields }) => fields.map((name) => `${model}.${name}`))
    const what = `Computing ${names.join(', ')}`
    const parameters = {
      requests: requests.map(({ model, fields, ids }) => [model, fields, ids ?? null]),
    }
    const value = await this.#guest.run({ action: 'compute', parameters, what }, scope)
    return computedSchema.parse(value).records
  }

  /** Fills columns that are new by `_init_column` of their models. */
  async initColumns(fields: readonly FieldName[], scope: ScriptScope): Promise<void> {
    const names = fields.map(({ model, field }) => `${model}.${field}`)
    const what = `Filling ${names.join(', ')}`
    const parameters = { fields: fields.map(({ model, field }) => [model, field]) }
    await this.#guest.run({ action: 'init_columns', parameters, what }, scope)
  }

  /** Values of defaults as texts of their columns, in the order of the requests; null for no value. */
  async defaults(
    requests: readonly DefaultRequest[],
    scope: ScriptScope,
  ): Promise<readonly (readonly (string | null)[])[]> {
    const names = requests.map(({ model, field }) => `${model}.${field}`)
    const what = `Working out the default of ${names.join(', ')}`
    const parameters = {
      fields: requests.map(({ model, field, count }) => [model, field, count]),
    }
    const value = await this.#guest.run({ action: 'defaults', parameters, what }, scope)
    return valuesSchema.parse(value).values
  }

  /** Runs a method that models have for their tables; of `_auto_init` without the framework's part. */
  async initModels(
    models: readonly string[],
    method: 'init' | '_auto_init',
    scope: ScriptScope,
  ): Promise<void> {
    const what = `Running ${method} of ${models.join(', ')}`
    const parameters = { models, method }
    await this.#guest.run({ action: 'init_models', parameters, what }, scope)
  }

  /** Runs a hook; that of a module which is not in the registry yet finds the models before it. */
  async runHook({ module, name, kind }: HookCall, scope: ScriptScope): Promise<void> {
    const what = `Running ${name} of ${module}`
    await this.#guest.run({ action: 'run_hook', parameters: { module, name, kind }, what }, scope)
  }

  /** Does what a `<function>` says, by Odoo's own importer. */
  async callFunction({ file, ...element }: FunctionElement, scope: ScriptScope): Promise<void> {
    const { path, mounts } = await locateScript(file, this.#folders, this.#naming)
    const what = `Doing what ${file}, line ${element.line}, says`
    const parameters = { ...element, file: path }
    await this.#guest.run({ action: 'call_function', parameters, what, mounts }, scope)
  }

  /** Calls a method; records in its answer come as references. */
  async call(request: MethodCall, scope: ScriptScope): Promise<GuestValue> {
    const { model, method, ids, args = [], keywords = new Map(), context = new Map() } = request
    const values = [[...args], new Map(keywords)]
    const parameters = {
      model,
      method,
      ids,
      values: JSON.stringify(encodeValue(values)),
      context: JSON.stringify(encodeValue(new Map(context))),
    }
    const what = `Calling ${model}.${method}`
    const answer = answerSchema.parse(
      await this.#guest.run({ action: 'call', parameters, what }, scope),
    )
    try {
      return decodeValue(JSON.parse(answer.text))
    } catch (cause) {
      throw new InternalError('GUEST_ANSWER_MALFORMED', `${what} answered no value`, { cause })
    }
  }

  close(): Promise<void> {
    return this.#guest.close()
  }
}

const factsSchema = z.object({ modules: z.array(z.string()), models: z.number() })
const valuesSchema = z.object({ values: z.array(z.array(z.string().nullable())) })
const computedSchema = z.object({ records: z.number() })
const answerSchema = z.object({ text: z.string() })
