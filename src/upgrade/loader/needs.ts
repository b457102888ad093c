/**
 * Why something needs the release's own code:
 *
 * - `default`: a new or newly required column whose default is computed, once for all rows
 * - `compute`: a new stored field that is computed, or related over more than one step
 * - `init-column`: a model that fills the column in its own way (`_init_column`)
 * - `init`: `init()` of a model does more than moult can read from it
 * - `auto-init`: `_auto_init()` of a model does
 */
export type NeedKind = 'default' | 'compute' | 'init-column' | 'init' | 'auto-init'

/** Something that only the release's own code knows. */
export interface Need {
  readonly kind: NeedKind
  /** The module at whose turn it came up. */
  readonly module: string
  readonly model: string
  /** Undefined for what is a matter of the whole model. */
  readonly field: string | undefined
  /** Rows that it concerns; undefined where it is not a matter of rows. */
  readonly rows: number | undefined
}

/** Collects needs, and which of them were met. */
export class Needs {
  readonly #open: Need[] = []
  #met = 0

  add(need: Need): void {
    this.#open.push(need)
  }

  /** Whether the same was noted before, at whichever module's turn. */
  has({ kind, model, field }: Need): boolean {
    return this.#open.some(
      (need) => need.kind === kind && need.model === model && need.field === field,
    )
  }

  /** Notes that the guest has done something. */
  meet(count: number): void {
    this.#met += count
  }

  /** What nobody has done, oldest first. */
  get open(): readonly Need[] {
    return this.#open
  }

  get met(): number {
    return this.#met
  }
}
