import { compareCodePoints, type Release } from '../release/index.js'
import type { KnownModules } from './known-module.js'
import type { EndModule, LoadedModule, LoadPass } from './load-pass.js'
import type { GraphNode, ModuleGraph, NotAdded } from './module-graph.js'
import type { ProfileRules } from './module-profile.js'
import type { ModuleState } from './module-row.js'
import type { ModuleTable } from './module-table.js'

/** What a load starts from. */
export interface LoadOptions {
  readonly release: Release
  readonly modules: KnownModules
  readonly rules: ProfileRules
  /** Database rows are brought up to the sources in between; false for a plain start. */
  readonly updateMode: boolean
}

interface Processed {
  readonly state: ModuleState
  readonly version: string | null
}

const THERE: ReadonlySet<ModuleState> = new Set(['installed', 'to upgrade', 'to remove'])
const COMING: ReadonlySet<ModuleState> = new Set(['to install'])
const MARKED: ReadonlySet<ModuleState> = new Set(['to install', 'to upgrade'])

/**
 * Walks through a load as odoo/modules/loading.py does, on a table in memory: which passes there are, and
 * which module is loaded when, in which state. `base` comes first; marking happens between
 * {@link LoadSimulation.loadBase} and {@link LoadSimulation.loadMarked}.
 */
export class LoadSimulation {
  readonly #graph: ModuleGraph
  readonly #table: ModuleTable
  readonly #options: LoadOptions
  readonly #loaded = new Set<string>()
  readonly #processed = new Map<string, Processed>()
  readonly #passes: LoadPass[] = []
  readonly #outside = new Map<string, NotAdded>()

  constructor(graph: ModuleGraph, table: ModuleTable, options: LoadOptions) {
    this.#graph = graph
    this.#table = table
    this.#options = options
  }

  /** Loads `base`; false when it is not there to be loaded. */
  loadBase(): boolean {
    this.#add(['base'])
    if (!this.#graph.has('base')) return false
    this.#walk('base')
    return true
  }

  /** Loads what is installed, then what is to be installed, as long as there is something new. */
  loadMarked(): void {
    for (let before = -1; before < this.#processed.size; ) {
      before = this.#processed.size
      this.#loadStates('installed', THERE)
      if (this.#options.updateMode) this.#loadStates('to install', COMING)
    }
  }

  passes(): readonly LoadPass[] {
    return this.#passes
  }

  /** What did not enter the graph, by the last attempt. */
  outside(): readonly NotAdded[] {
    return [...this.#outside.values()].filter((item) => !this.#graph.has(item.name))
  }

  /** All modules in the graph's order, as end scripts find them. */
  endModules(): readonly EndModule[] {
    return this.#graph.ordered().map((node) => {
      const processed = this.#processed.get(node.name)
      return {
        name: node.name,
        loadState: processed?.state ?? null,
        updateFlag: node.flags.has('update'),
        installedVersion:
          processed === undefined
            ? (this.#table.get(node.name)?.latestVersion ?? null)
            : processed.version,
        targetVersion: this.#versionOf(node.name),
      }
    })
  }

  #loadStates(kind: LoadPass['kind'], states: ReadonlySet<ModuleState>): void {
    for (;;) {
      const names = this.#table.inStates(states).filter((name) => !this.#graph.has(name))
      if (names.length === 0) return
      this.#add([...names].sort(compareCodePoints))
      if (this.#walk(kind) === 0) return
    }
  }

  #add(names: readonly string[]): void {
    const wanted = this.#options.rules.addsNewDependencies ? this.#withDependencies(names) : names
    for (const item of this.#graph.add(wanted)) this.#outside.set(item.name, item)
    if (this.#options.rules.dropsDemo) this.#dropDemo()
  }

  /** OpenUpgrade pulls in what the listed modules depend on, and has it installed. */
  #withDependencies(names: readonly string[]): readonly string[] {
    const listed = new Set(names)
    const all = new Map(names.map((name) => [name, name]))
    for (const name of all.keys()) {
      for (const { name: needed } of this.#table.get(name)?.dependencies ?? []) {
        if (!all.has(needed)) all.set(needed, name)
      }
    }
    for (const [name, module] of all) {
      if (listed.has(name) || this.#table.stateOf(name) !== 'uninstalled') continue
      this.#table.mark(name, 'to install', { kind: 'needed-by', module })
    }
    return [...all.keys()]
  }

  /** A database with demo data that comes from an older series keeps the data, and gets no new ones. */
  #dropDemo(): void {
    const base = this.#table.get('base')
    if (base === undefined || !base.demo || !this.#graph.has('base')) return
    // The framework compares the texts, not the versions.
    const older = compareCodePoints(base.latestVersion ?? '', this.#options.release.series) < 0
    if (!older) return
    for (const row of this.#table.all()) if (row.demo) this.#table.set(row.name, { demo: false })
  }

  /** Loads what is new in the graph; returns how many modules were processed. */
  #walk(kind: LoadPass['kind']): number {
    const total = this.#graph.size
    const modules: LoadedModule[] = []
    for (const [place, node] of this.#graph.ordered().entries()) {
      if (this.#loaded.has(node.name)) continue
      modules.push(this.#load(node, place + 1, total))
    }
    this.#passes.push({ kind, total, modules })
    return modules.filter((module) => module.processed).length
  }

  #load(node: GraphNode, index: number, total: number): LoadedModule {
    const { name } = node
    const row = this.#table.get(name)
    const state = row?.state ?? 'uninstalled'
    const initFlag = node.flags.has('init')
    const updateFlag = node.flags.has('update')
    const processed = initFlag || updateFlag || MARKED.has(state)
    const module: LoadedModule = {
      name,
      index,
      total,
      depth: node.depth,
      stateBefore: state,
      installedVersion: row?.latestVersion ?? null,
      targetVersion: this.#versionOf(name),
      isNew: state === 'to install',
      updateFlag,
      initFlag,
      processed,
      mode: initFlag || state === 'to install' ? 'init' : 'update',
      demo: processed && this.#wantsDemo(node, state),
    }
    this.#loaded.add(name)
    if (processed) this.#finish(module)
    return module
  }

  #wantsDemo(node: GraphNode, state: ModuleState): boolean {
    const own = node.flags.has('demo') || (this.#hasDemo(node.name) && state !== 'installed')
    return own && (node.father === null || this.#hasDemo(node.father))
  }

  #hasDemo(name: string): boolean {
    return this.#table.get(name)?.demo === true
  }

  #finish(module: LoadedModule): void {
    const { name, stateBefore, installedVersion, targetVersion, demo } = module
    this.#processed.set(name, { state: stateBefore, version: installedVersion })
    this.#table.set(name, { state: 'installed', latestVersion: targetVersion, demo })
    this.#graph.clearFlags(name)
  }

  #versionOf(name: string): string {
    return this.#options.modules.get(name)?.version ?? ''
  }
}
