import { type Finding, UserError } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import {
  type ScriptHost,
  type ScriptLimits,
  type ScriptLog,
  sqlOperations,
} from '../../scripts/hosts/index.js'
import {
  readScriptFile,
  type ScriptFile,
  type ScriptSource,
} from '../../scripts/selection/index.js'
import { GuestError, type GuestOperations, type GuestValue } from '../../scripts/values/index.js'
import type { HopPlan, PlannedScript } from '../planning/index.js'
import type { ScriptUse } from './run-script.js'
import { scriptFinding } from './script-finding.js'

/** A script that is not Python, where Odoo would have found it. */
export interface ForeignScript {
  readonly module: string
  readonly source: ScriptSource['kind']
  /** Name of its version folder. */
  readonly directory: string
  /** Absolute path. */
  readonly file: string
}

/** The scripts of a plan that are not Python; whether they run, Odoo's loader decides at their turn. */
export function foreignScripts(plan: HopPlan): readonly ForeignScript[] {
  return plan.decisions.flatMap(({ module, source, directory, phase, path: file }) =>
    // Decisions about folders and refused files have no phase.
    phase === undefined || source === undefined || directory === undefined || isPython(file)
      ? []
      : [{ module, source, directory, file }],
  )
}

function isPython(file: string): boolean {
  return readFile(file)?.language === 'python'
}

function readFile(file: string): ScriptFile | undefined {
  const slash = file.lastIndexOf('/')
  return readScriptFile(file.slice(0, slash), file.slice(slash + 1))
}

/** What running a script in the middle of Odoo's loader needs. */
export interface ForeignScriptScope {
  readonly host: (language: PlannedScript['language']) => Promise<ScriptHost>
  readonly operations: (use: ScriptUse) => GuestOperations
  readonly log: (line: ScriptLog & { readonly module: string }) => void
  readonly addFinding: (finding: Finding) => void
  readonly signal: AbortSignal
  readonly limits: ScriptLimits
  /** A script that fails is undone and told, and the run goes on. */
  readonly keepGoing: boolean
}

const SAVEPOINT = raw('SAVEPOINT moult_script')
const RELEASE = raw('RELEASE SAVEPOINT moult_script')
const ROLLBACK = raw('ROLLBACK TO SAVEPOINT moult_script')

/**
 * Runs scripts that are not Python when Odoo's loader comes to them: `loader.run_script`. The guest is a
 * stranger: of what it names, only files of the plan are run.
 */
export class ForeignScriptRunner {
  readonly #known: ReadonlyMap<string, ForeignScript>
  readonly #scope: ForeignScriptScope
  readonly #loaded = new Set<string>()
  #loading: string | undefined
  #failure: unknown

  constructor(plan: HopPlan, scope: ForeignScriptScope) {
    this.#known = new Map(foreignScripts(plan).map((script) => [script.file, script]))
    this.#scope = scope
  }

  get scripts(): readonly ForeignScript[] {
    return [...this.#known.values()]
  }

  /** What a script failed with: Odoo passes it on as an error of its own, and must not commit after it. */
  get failure(): unknown {
    return this.#failure
  }

  /** Odoo is at another module: those before it are loaded. */
  startModule(module: string): void {
    if (this.#loading !== undefined) this.#loaded.add(this.#loading)
    this.#loading = module
  }

  /** `loader.run_script`, on the session that Odoo works on. */
  operations(session: Session): GuestOperations {
    return {
      'loader.run_script': async ([file, , , , version]) => {
        const known = this.#known.get(text(file))
        const script = known && readFile(known.file)
        if (known === undefined || script === undefined) {
          throw new GuestError('value', `The plan has no script ${text(file)}`)
        }
        await this.#run(known, script, text(version), session)
        return { kind: 'value', value: null }
      },
    }
  }

  async #run(
    { module, directory, file }: ForeignScript,
    { phase, language, stem }: ScriptFile,
    installedVersion: string,
    session: Session,
  ): Promise<void> {
    const { host, log, addFinding, signal, limits, keepGoing } = this.#scope
    // A phase that comes before its module is loaded sees the models without it.
    const loadedModules = new Set([...this.#loaded, ...(phase === 'pre' ? [] : [module])])
    const script = { file, directory, language, checksum: '', logLine: stem }
    const operations = {
      ...this.#scope.operations({ session, script, module, addFinding, loadedModules }),
      ...sqlOperations({
        session,
        // Scripts in these languages have no commit.
        commit: async () => {},
        rollback: () => session.execute(ROLLBACK),
      }),
    }
    await session.execute(SAVEPOINT)
    try {
      const runner = await host(language)
      await runner.run(
        { file, module, phase, directory, installedVersion },
        {
          session,
          operations,
          log: (line) => log({ ...line, module }),
          signal,
          limits,
          cancelStatement: () => session.stop(),
        },
      )
    } catch (error) {
      if (!keepGoing || !(error instanceof UserError) || !error.code.startsWith('SCRIPT_')) {
        this.#failure = ofModule(error, module)
        throw error
      }
      await session.execute(ROLLBACK)
      addFinding(scriptFinding(error))
    }
    await session.execute(RELEASE)
  }
}

function text(value: GuestValue | undefined): string {
  if (typeof value === 'string') return value
  throw new GuestError('type', `A text was expected, not ${String(value)}`)
}

/** The error with its module, by which the journal finds the step. */
function ofModule(error: unknown, module: string): unknown {
  if (!(error instanceof UserError)) return error
  const { code, message, hint, place, data } = error
  return new UserError(code, message, {
    ...(hint !== undefined && { hint }),
    ...(place !== undefined && { place }),
    data: { ...data, module },
    cause: error.cause ?? error,
  })
}
