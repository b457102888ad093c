import type { ModuleRow, ModuleRows, ModuleState } from './module-row.js'

/** Why a module was given another state. */
export type MarkReason =
  | { readonly kind: 'update-requested' }
  | { readonly kind: 'update-all' }
  | { readonly kind: 'depends-on'; readonly module: string }
  | { readonly kind: 'needed-by'; readonly module: string }
  | { readonly kind: 'init-requested' }
  | { readonly kind: 'auto-install' }
  | { readonly kind: 'auto-install-policy' }
  | { readonly kind: 'configured' }
  | { readonly kind: 'decision' }

/** A change of state before modules are loaded. */
export interface Mark {
  readonly name: string
  readonly from: ModuleState
  readonly to: ModuleState
  readonly reason: MarkReason
}

/** The module table while it is worked on in memory; rows themselves never change. */
export class ModuleTable {
  #rows: Map<string, ModuleRow>
  readonly #marks: Mark[] = []
  #dependants: ReadonlyMap<string, readonly string[]> | undefined

  constructor(rows: ModuleRows) {
    this.#rows = new Map(rows)
  }

  get(name: string): ModuleRow | undefined {
    return this.#rows.get(name)
  }

  stateOf(name: string): ModuleState | 'unknown' {
    return this.#rows.get(name)?.state ?? 'unknown'
  }

  all(): Iterable<ModuleRow> {
    return this.#rows.values()
  }

  /** Names of the modules in one of the states, in the table's order. */
  inStates(states: ReadonlySet<ModuleState>): readonly string[] {
    return [...this.#rows.values()].filter((row) => states.has(row.state)).map((row) => row.name)
  }

  /** Names of the modules whose dependency rows name this one. */
  dependantsOf(name: string): readonly string[] {
    this.#dependants ??= indexDependants(this.#rows.values())
    return this.#dependants.get(name) ?? []
  }

  /** Changes what a row says, its name and dependencies excepted. */
  set(name: string, changes: Partial<Omit<ModuleRow, 'name' | 'dependencies'>>): void {
    const row = this.#rows.get(name)
    if (row !== undefined) this.#rows.set(name, { ...row, ...changes })
  }

  /** Changes a state and remembers why. */
  mark(name: string, to: ModuleState, reason: MarkReason): void {
    const row = this.#rows.get(name)
    if (row === undefined || row.state === to) return
    this.#marks.push({ name, from: row.state, to, reason })
    this.#rows.set(name, { ...row, state: to })
  }

  /** Sets a state back, and forgets that it was changed last. */
  settle(name: string, state: ModuleState): void {
    const last = this.#marks.findLastIndex((mark) => mark.name === name)
    if (last >= 0 && this.#rows.get(name)?.state !== state) this.#marks.splice(last, 1)
    this.set(name, { state })
  }

  /** Takes other rows, as after a list update; marks stay. */
  replace(rows: ModuleRows): void {
    this.#rows = new Map(rows)
    this.#dependants = undefined
  }

  marks(): readonly Mark[] {
    return [...this.#marks]
  }

  rows(): ModuleRows {
    return new Map(this.#rows)
  }
}

function indexDependants(rows: Iterable<ModuleRow>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const row of rows) {
    for (const name of new Set(row.dependencies.map((dependency) => dependency.name))) {
      const known = index.get(name)
      if (known === undefined) index.set(name, [row.name])
      else known.push(row.name)
    }
  }
  return index
}
