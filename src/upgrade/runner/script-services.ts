import { type Finding, Findings } from '../../base/index.js'
import { filestoreOf } from '../../databases/manager/index.js'
import type { Session } from '../../db/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import type { AppliedRename } from '../../odoo/modules/index.js'
import { parseRelease } from '../../odoo/release/index.js'
import * as helpers from '../../scripts/helpers/index.js'
import {
  createPythonHost,
  type ScriptArguments,
  type ScriptHost,
  type ScriptLog,
  SqlHost,
  TypeScriptHost,
} from '../../scripts/hosts/index.js'
import {
  createEnvironment,
  Orm,
  ormOperations,
  type RecordEffects,
  readDatabaseCatalog,
} from '../../scripts/orm/index.js'
import { GuestError, type GuestOperations } from '../../scripts/values/index.js'
import { hopOf, type PlannedScript, type UpgradeRequest } from '../planning/index.js'
import { FilestoreFiles } from './filestore-files.js'
import { findModuleFile } from './find-module-file.js'
import { isModelLoaded } from './is-model-loaded.js'
import type { LoadScope } from './module-loader.js'
import { moduleOperations } from './module-operations.js'
import type { ScriptUse } from './run-script.js'
import type { ScriptCursor, ScriptEnvironment } from './script-environment.js'
import type { UpgradeSetup } from './upgrade-database.js'

export interface ServicesOptions {
  readonly setup: UpgradeSetup
  readonly database: string
  readonly request: UpgradeRequest
  readonly hop: number
  readonly tree: AddonsTree
}

type Language = PlannedScript['language']

/** Operations for the release's own code, on the session that it sees. */
export type RunScriptOperations = (
  session: Session,
  addFinding: (finding: Finding) => void,
) => GuestOperations

type ToolsUse = Omit<ScriptUse, 'script'>

/** What helpers and records of one script work with. */
interface ScriptTools {
  readonly orm: Orm
  readonly helpers: helpers.HelperContext
}

/**
 * What the scripts of one hop can use: hosts for their languages, started when the first script of a
 * language comes, and records and helpers on the session of the script.
 */
export class ScriptServices {
  readonly #options: ServicesOptions
  readonly #files: FilestoreFiles
  #current: ScriptTools | undefined
  #loadData: helpers.LoadData = helpers.deferLoadData
  #effects: RecordEffects | undefined
  readonly #hosts = new Map<Language, Promise<ScriptHost>>()

  constructor(options: ServicesOptions) {
    this.#options = options
    this.#files = new FilestoreFiles(filestoreOf(options.setup.host, options.database))
  }

  /** Where contents of attachments lie. */
  get files(): FilestoreFiles {
    return this.#files
  }

  /** Who imports the data files that scripts name; without it nobody does. */
  importWith(loadData: helpers.LoadData): void {
    this.#loadData = loadData
  }

  /** What the release's source says of side effects; without it records have those of every database. */
  effectsOf(effects: RecordEffects): void {
    this.#effects = effects
  }

  /** The host of a language; the same for all scripts of the hop. */
  host(language: Language): Promise<ScriptHost> {
    const known = this.#hosts.get(language)
    if (known !== undefined) return known
    const host = this.#start(language)
    this.#hosts.set(language, host)
    return host
  }

  /** What a script may ask for besides SQL; the same tools serve one that is TypeScript. */
  operations(use: ScriptUse): GuestOperations {
    const tools = this.#tools(use)
    this.#current = tools
    return {
      ...ormOperations(tools.orm),
      ...helpers.helperOperations(tools.helpers),
      ...moduleOperations(use),
    }
  }

  /** What moult's own openupgradelib asks for when the release's own code runs the scripts. */
  loaderOperations(session: Session, addFinding: (finding: Finding) => void): GuestOperations {
    const use = { session, module: '', addFinding, loadedModules: new Set<string>() }
    const tools = this.#tools(use)
    return helpers.helperOperations({ ...tools.helpers, isLoaded: async () => true })
  }

  /** Renames and merges modules as openupgradelib does. */
  async renameModules(renames: readonly AppliedRename[], scope: LoadScope): Promise<void> {
    const tools = this.#tools({ ...scope, module: 'base', loadedModules: new Set(['base']) })
    for (const rename of renames) {
      const merges = rename.kind === 'merged'
      await helpers.updateModuleNames(tools.helpers, [[rename.old, rename.new]], merges)
    }
  }

  /** Deletes records with everything that Odoo deletes along with them. */
  async unlink(session: Session, model: string, ids: readonly number[]): Promise<void> {
    const use = { session, module: 'base', addFinding: () => {}, loadedModules: new Set<string>() }
    await this.#tools(use).orm.unlink(model, ids)
  }

  /** Ends the interpreters. */
  async close(): Promise<void> {
    for (const host of this.#hosts.values()) await host.then((open) => open.close()).catch(() => {})
    this.#hosts.clear()
  }

  async #start(language: Language): Promise<ScriptHost> {
    const { request, hop, tree, setup } = this.#options
    if (language === 'sql') return new SqlHost()
    if (language === 'typescript') {
      return new TypeScriptHost(() => this.#argumentsOf(), { moult: helpers })
    }
    const { python, tolerant } = request
    return createPythonHost({
      interpreter:
        python.interpreter === 'embedded' ? 'embedded' : { executable: python.interpreter },
      roots: { sources: tree.folders, scripts: hopOf(request, hop).upgradePath },
      release: tree.release.series,
      library: python.openupgradelib === undefined ? 'built-in' : { folder: python.openupgradelib },
      tolerant,
      cacheDirectory: setup.cache,
    })
  }

  #argumentsOf(): ScriptArguments {
    const tools = this.#current
    if (tools === undefined) throw new TypeError('A script runs before it was given operations')
    const env: ScriptEnvironment = Object.assign(createEnvironment(tools.orm), {
      helpers: tools.helpers,
    })
    const cr: ScriptCursor = { ...env.cr, env }
    return { env, cr }
  }

  #tools({ session, module, addFinding, loadedModules, needsModels }: ToolsUse): ScriptTools {
    const { tree, request, setup } = this.#options
    const { release } = tree
    const findings = new Findings(addFinding)
    const files = this.#files
    const orm = new Orm(session, readDatabaseCatalog(session, release), {
      release,
      files,
      findings,
      ...(needsModels !== undefined && {
        changed: (change) => {
          if (needsModels(change)) throw new GuestError('needs-odoo', change.kind, change.model)
        },
      }),
      ...(this.#effects !== undefined && { effects: this.#effects }),
    })
    const pathTarget = parseRelease(request.targetVersion ?? request.hops.at(-1)?.to ?? '')
    const say = (line: ScriptLog): void => setup.events.emit('scriptLog', { ...line, module })
    return {
      orm,
      helpers: {
        session,
        release,
        ...(pathTarget !== undefined && { pathTarget }),
        orm,
        log: (level, text) => say({ level, logger: 'OpenUpgrade', text }),
        findings,
        loadData: this.#loadData,
        files: {
          find: (name, file) =>
            findModuleFile(tree, hopOf(request, this.#options.hop).upgradePath, name, file),
        },
        attachments: files,
        schemaChanged: () => orm.invalidate(),
        isLoaded: (model) => isModelLoaded(session, model, loadedModules),
      },
    }
  }
}
