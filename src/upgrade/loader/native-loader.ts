import { InternalError, UserError } from '../../base/index.js'
import type { ModuleModels } from '../../odoo/models/index.js'
import { type CustomParts, readCustomParts } from './custom-models.js'
import type { Guest } from './guest.js'
import { LoadedXmlIds } from './loaded-xml-ids.js'
import type { LoadedModule, LoaderHop, LoaderPart } from './loader-part.js'
import type { FactValue, LoaderFact, LoaderScope } from './loader-scope.js'
import type { LoaderSource, ModelRegistry } from './loader-source.js'
import { Needs } from './needs.js'

/** What a {@link NativeLoader} is made of. */
export interface NativeLoaderOptions {
  readonly source: LoaderSource
  /** Makes an empty registry, which knows what the database adds; the loader fills it. */
  readonly openRegistry: (custom: CustomParts) => ModelRegistry
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
}

/** What an earlier process did of the hop. */
export interface EarlierWork {
  /** Modules that are loaded, in order. */
  readonly turns: readonly ModuleTurn[]
  /** What the steps kept, in their order. */
  readonly facts: readonly LoaderFact[]
}

const PART = 'loader'

/**
 * Brings modules to a release by what is read of its source, in sets, without running it. One loader serves one
 * hop; the caller gives it the modules at their turn, each in its step's transaction, and the moments between
 * (see {@link LoaderPart}).
 */
export class NativeLoader {
  readonly #options: NativeLoaderOptions
  readonly #parts: readonly LoaderPart[]
  #opened: LoaderHop | undefined
  readonly #loaded = new Map<string, LoadedModule>()
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

  /** Before anything of the hop has run. */
  async begin(scope: LoaderScope): Promise<void> {
    const custom = await readCustomParts(scope.session)
    scope.keep({ part: PART, value: JSON.parse(JSON.stringify(custom)) as FactValue })
    this.#open(custom)
    for (const part of this.#parts) await part.begin?.(this.hop, scope)
  }

  /** Makes up for what an earlier process has done; instead of `begin`. */
  resume({ turns, facts }: EarlierWork): void {
    const custom = facts.findLast(({ part }) => part === PART)?.value
    this.#open((custom ?? { models: [], fields: [] }) as unknown as CustomParts)
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

  /** Once all modules are loaded, before the end scripts. */
  async settle(scope: LoaderScope): Promise<void> {
    for (const part of this.#parts) await part.settle?.(this.hop, scope)
  }

  /** Behind the end scripts. */
  async finish(scope: LoaderScope): Promise<void> {
    for (const part of this.#parts) await part.finish?.(this.hop, scope)
  }

  #open(custom: CustomParts): void {
    const { source, openRegistry, guest, parity } = this.#options
    this.#opened = {
      source,
      registry: openRegistry(custom),
      xmlIds: new LoadedXmlIds(),
      needs: new Needs(),
      guest,
      parity,
    }
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
