import { InternalError, UserError } from '../../base/index.js'
import type { ModuleModels } from '../../odoo/models/index.js'
import type { RegistryModel } from '../../odoo/registry/index.js'
import { type CustomParts, readCustomParts } from './custom-models.js'
import type { Guest } from './guest.js'
import { LoadedXmlIds } from './loaded-xml-ids.js'
import type { ImportedFile, LoadedModule, LoaderHop, LoaderPart } from './loader-part.js'
import type { FactValue, LoaderFact, LoaderScope } from './loader-scope.js'
import type { LoaderSource, ModelRegistry } from './loader-source.js'
import { Needs } from './needs.js'
import { needsModels, type ScriptedChange } from './needs-models.js'
import { readTranslatedFields } from './translated-fields.js'

/** What a {@link NativeLoader} is made of. */
export interface NativeLoaderOptions {
  readonly source: LoaderSource
  /** Makes an empty registry, which knows what the database adds; the loader fills it. */
  readonly openRegistry: (custom: CustomParts, translated: ReadonlySet<string>) => ModelRegistry
  /** In the order in which they work on a module. */
  readonly parts: readonly LoaderPart[]
  readonly guest?: Guest
  readonly parity: boolean
}

/** A module whose turn it is. */
export interface ModuleTurn {
  readonly module: string
  /** It was not installed before. */
  readonly isNew: boolean
  /** Its demonstration data is loaded as well. */
  readonly demo?: boolean
}

/** What an earlier process did of the hop. */
export interface EarlierWork {
  /** Modules that are loaded, in order. */
  readonly turns: readonly ModuleTurn[]
  /** All modules are loaded and settled. */
  readonly settled: boolean
  /** What the steps kept, in their order. */
  readonly facts: readonly LoaderFact[]
}

const PART = 'loader'

/** What the models of a hop take from the database, as it was when the hop began; plain JSON. */
interface DatabaseModels {
  readonly custom: CustomParts
  /** `model.field` of fields that it translates. */
  readonly translated: readonly string[]
}

/**
 * Brings modules to a release by what is read of its source, in sets, without running it. One loader serves one
 * hop; the caller gives it the modules at their turn, each in its step's transaction, and the moments between
 * (see {@link LoaderPart}).
 */
export class NativeLoader {
  readonly #options: NativeLoaderOptions
  readonly #parts: readonly LoaderPart[]
  #opened: LoaderHop | undefined
  #database: DatabaseModels = { custom: { models: [], fields: [] }, translated: [] }
  #settled = false
  readonly #loaded = new Map<string, LoadedModule>()
  /** Modules in the registry, in the order in which they came. */
  readonly #known = new Set<string>()

  constructor(options: NativeLoaderOptions) {
    this.#options = options
    this.#parts = options.parts
  }

  /** What the parts share: for reports, and for who looks at the registry. There once the hop has begun. */
  get hop(): LoaderHop {
    if (this.#opened === undefined) {
      throw new InternalError('HOP_NOT_BEGUN', 'A module is loaded before the hop has begun')
    }
    return this.#opened
  }

  /** Modules in the registry, in the order in which they came: what the guest has to have loaded. */
  get modules(): readonly string[] {
    return [...this.#known]
  }

  /** Whether a change that a script made wants the code of the model, as far as modules are loaded. */
  needsModels(change: ScriptedChange): boolean {
    const model = this.#opened?.registry.models.get(change.model)
    return model !== undefined && needsModels(model, change, this.#options.source.release)
  }

  /** All modules are loaded, and translate what the release translates. */
  get settled(): boolean {
    return this.#settled
  }

  /** Before anything of the hop has run. A database that is about to be made has no models to be asked for. */
  async begin(scope: LoaderScope, isMade = true): Promise<void> {
    if (isMade) {
      this.#database = {
        custom: await readCustomParts(scope.session),
        translated: await readTranslatedFields(scope.session, this.#options.source.release),
      }
    }
    scope.keep({ part: PART, value: JSON.parse(JSON.stringify(this.#database)) as FactValue })
    this.#open(new Set(this.#database.translated))
    for (const part of this.#parts) await part.begin?.(this.hop, scope)
  }

  /** Makes up for what an earlier process has done; instead of `begin`. */
  resume({ turns, settled, facts }: EarlierWork): void {
    const kept = facts.findLast(({ part }) => part === PART)?.value
    if (kept !== undefined) this.#database = kept as unknown as DatabaseModels
    this.#open(settled ? new Set() : new Set(this.#database.translated))
    for (const part of this.#parts) {
      part.recall?.(
        facts.filter((fact) => fact.part === part.name),
        this.hop,
      )
    }
    for (const turn of turns) {
      const loaded = this.#register(turn)
      for (const part of this.#parts) part.replay?.(loaded, this.hop)
    }
    this.#settled = settled
  }

  /** Loads a module; errors: MODULE_VANISHED. */
  async load(turn: ModuleTurn, scope: LoaderScope): Promise<void> {
    const loaded = this.#register(turn)
    for (const part of this.#parts) await part.load?.(loaded, this.hop, scope)
  }

  /** Behind the module's post scripts. */
  async afterScripts(module: string, scope: LoaderScope): Promise<void> {
    const loaded = this.#loaded.get(module)
    if (loaded === undefined) {
      throw new InternalError('MODULE_NOT_LOADED', `${module} is completed before it is loaded`)
    }
    for (const part of this.#parts) await part.afterScripts?.(loaded, this.hop, scope)
  }

  /** Imports a data file that a script names, by the models as they are at that moment. */
  async importFile(file: ImportedFile, scope: LoaderScope): Promise<void> {
    for (const part of this.#parts) await part.importFile?.(file, this.hop, scope)
  }

  /**
   * Once all modules are loaded, before the end scripts. Fields that the database translates and the release
   * does not were translated until now, so that scripts could read them (odoo/modules/loading.py).
   */
  async settle(scope: LoaderScope): Promise<void> {
    const again = this.#untranslate()
    for (const part of this.#parts) await part.settle?.(again, this.hop, scope)
    this.#settled = true
  }

  /** Behind the end scripts. */
  async finish(scope: LoaderScope): Promise<void> {
    for (const part of this.#parts) await part.finish?.(this.hop, scope)
  }

  #open(translated: ReadonlySet<string>): void {
    const { source, openRegistry, guest, parity } = this.#options
    this.#opened = {
      source,
      registry: openRegistry(this.#database.custom, translated),
      xmlIds: new LoadedXmlIds(),
      needs: new Needs(),
      guest,
      parity,
    }
  }

  /** Takes the models as the release alone makes them; returns those that translate less now. */
  #untranslate(): readonly RegistryModel[] {
    const { translated, custom } = this.#database
    if (translated.length === 0) return []
    const registry = this.#options.openRegistry(custom, new Set())
    for (const module of this.#known) {
      const models = this.hop.source.modules.get(module)
      if (models !== undefined) registry.load(models)
    }
    this.#opened = { ...this.hop, registry }
    const names = new Set<string>()
    for (const full of translated) {
      const dot = full.lastIndexOf('.')
      const field = registry.models.get(full.slice(0, dot))?.fields.get(full.slice(dot + 1))
      if (field !== undefined && !field.translate) names.add(field.model)
    }
    return [...names].flatMap((name) => registry.models.get(name) ?? [])
  }

  #register(turn: ModuleTurn): LoadedModule {
    const { source, registry } = this.hop
    const models = source.modules.get(turn.module)
    if (models === undefined) {
      throw new UserError('MODULE_VANISHED', `${turn.module} is no longer on the addons path`, {
        hint: 'Put it back, then run "moult resume".',
        data: { module: turn.module },
      })
    }
    for (const before of this.#unprocessedBefore(turn.module)) registry.load(before)
    const loaded: LoadedModule = { ...turn, load: registry.load(models) }
    this.#known.add(turn.module)
    this.#loaded.set(turn.module, loaded)
    return loaded
  }

  /** Installed modules that the run leaves as they are take part in the registry all the same. */
  #unprocessedBefore(module: string): readonly ModuleModels[] {
    return this.#dependencies(module).flatMap((name) => {
      if (this.#known.has(name)) return []
      this.#known.add(name)
      const models = this.hop.source.modules.get(name)
      return models === undefined ? [] : [models]
    })
  }

  /** All modules that a module builds on, in the order of the graph. */
  #dependencies(module: string): readonly string[] {
    const { tree, order } = this.hop.source
    const wanted = new Set<string>()
    const visit = (name: string): void => {
      for (const dependency of tree.modules.get(name)?.manifest?.depends ?? []) {
        if (wanted.has(dependency)) continue
        wanted.add(dependency)
        visit(dependency)
      }
    }
    visit(module)
    return order.filter((name) => wanted.has(name))
  }
}
