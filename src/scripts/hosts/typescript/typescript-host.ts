import { MoultError, messageOf, UserError } from '../../../base/index.js'
import { DatabaseError } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { ScriptCall, ScriptHost, ScriptScope } from '../script-host.js'
import { withinTime } from '../within-time.js'
import { type LoadModule, moduleLoader } from './load-module.js'
import { placeInScript } from './place-in-script.js'
import { ScriptConsole } from './script-console.js'

/** What a script's function is given: `migrate(cr, version)` or `migrate(env, version)`. */
export interface ScriptArguments {
  readonly cr: object
  readonly env: object
}

type Migrate = (first: object, version: string) => unknown

/**
 * Runs scripts in TypeScript and JavaScript. They are trusted like the user who chose them. The first
 * parameter's name says what they want: `env`, or the cursor under any other name.
 */
export class TypeScriptHost implements ScriptHost {
  readonly #argumentsOf: (scope: ScriptScope) => ScriptArguments
  readonly #load: LoadModule
  readonly #printed = new ScriptConsole()

  /** `modules` are what scripts may import by name, wherever they lie. */
  constructor(
    argumentsOf: (scope: ScriptScope) => ScriptArguments,
    modules: Readonly<Record<string, object>> = {},
  ) {
    this.#argumentsOf = argumentsOf
    this.#load = moduleLoader(modules, this.#printed.console)
  }

  async run(call: ScriptCall, scope: ScriptScope): Promise<void> {
    this.#printed.logTo(scope.log)
    const migrate = await findMigrate(call.file, this.#load)
    const { cr, env } = this.#argumentsOf(scope)
    const first = wantsEnvironment(migrate) ? env : cr
    try {
      await withinTime(Promise.resolve(migrate(first, call.installedVersion)), call, scope)
    } catch (error) {
      throw explain(error, call)
    } finally {
      this.#printed.flush()
    }
  }

  async close(): Promise<void> {}
}

async function findMigrate(file: string, load: LoadModule): Promise<Migrate> {
  let module: Record<string, unknown>
  try {
    module = await load(file)
  } catch (error) {
    throw new UserError('SCRIPT_INVALID', `The script cannot be loaded: ${messageOf(error)}`, {
      place: placeInScript(error, file),
      cause: error,
      hint: 'Mend the script, then run "moult resume".',
    })
  }
  const { migrate } = module
  if (typeof migrate === 'function') return migrate as Migrate
  throw new UserError('SCRIPT_INVALID', 'The script exports no function "migrate"', {
    place: { file },
    hint: 'Write "export async function migrate(cr, version) { … }"; "moult script new" makes one.',
  })
}

const FIRST_PARAMETER = /^(?:async\s+)?(?:function\s*)?[\w$]*\s*\(?\s*([\w$]+)/

function wantsEnvironment(migrate: Migrate): boolean {
  return (
    FIRST_PARAMETER.exec(Function.prototype.toString.call(migrate))?.[1]?.startsWith('env') === true
  )
}

function explain(error: unknown, { file }: ScriptCall): unknown {
  if (error instanceof MoultError && !(error instanceof DatabaseError)) return error
  const detail = error instanceof GuestError ? `${error.kind}: ${error.message}` : messageOf(error)
  return new UserError('SCRIPT_FAILED', detail, {
    place: placeInScript(error, file),
    cause: error,
    hint: 'Mend the script or the data, then run "moult resume".',
    data: { ...(error instanceof Error && { traceback: error.stack }) },
  })
}
