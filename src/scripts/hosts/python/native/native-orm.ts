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

  constructor(guest: OdooGuest, folders: ScriptFolders, naming: FolderNaming) {
    this.#guest = guest
    this.#folders = folders
    this.#naming = naming
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
      user_paths: [...mounts, ...this.#folders.mounts].map(({ guest, shown }) => [guest, shown]),
    }
    const what = `${call.module}: ${call.file}`
    const command = { action: 'run_script', parameters, what, mounts }
    const { outcome, errors } = await this.#guest.exchange(command, scope, readOutcome)
    if (outcome.kind === 'passed') return
    throw errors.outside ?? outcomeError(outcome, call, errors.last)
  }

  /** Computes stored fields, in chunks of 1,000 records; answers how many records there were. */
  async compute({ model, fields, ids }: ComputeRequest, scope: ScriptScope): Promise<number> {
    const what = `Computing ${fields.map((field) => `${model}.${field}`).join(', ')}`
    const parameters = { model, fields, ids: ids ?? null }
    const value = await this.#guest.run({ action: 'compute', parameters, what }, scope)
    return computedSchema.parse(value).records
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
const computedSchema = z.object({ records: z.number() })
const answerSchema = z.object({ text: z.string() })
