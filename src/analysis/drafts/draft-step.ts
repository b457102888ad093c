/** What a step of a drafted script calls; both languages have a helper for each. */
export type DraftCall =
  | { readonly kind: 'rename models'; readonly pairs: readonly NamePair[] }
  | { readonly kind: 'rename tables'; readonly pairs: readonly NamePair[] }
  | { readonly kind: 'rename xml ids'; readonly pairs: readonly NamePair[] }
  | {
      readonly kind: 'rename field'
      readonly model: string
      readonly table: string
      readonly from: string
      readonly to: string
    }
  | { readonly kind: 'copy column'; readonly table: string; readonly column: string }
  | {
      readonly kind: 'map values'
      readonly table: string
      readonly column: string
      readonly values: readonly string[]
    }
  | {
      readonly kind: 'move fields'
      readonly model: string
      readonly fields: readonly string[]
      readonly from: string
      readonly to: string
    }
  | {
      readonly kind: 'move model'
      readonly model: string
      readonly from: string
      readonly to: string
    }
  | {
      readonly kind: 'add field'
      readonly module: string
      readonly model: string
      readonly table: string
      readonly field: string
      readonly type: string
    }
  | {
      readonly kind: 'drop constraint'
      readonly module: string
      readonly table: string
      readonly name: string
    }
  | { readonly kind: 'delete records'; readonly xmlIds: readonly string[] }
  | {
      readonly kind: 'set noupdate'
      readonly module: string
      readonly names: readonly string[]
      readonly value: boolean
    }
  | { readonly kind: 'load data'; readonly module: string; readonly file: string }
  | { readonly kind: 'statement'; readonly sql: string }
  /** Nothing to call: only the lines are to be seen. */
  | { readonly kind: 'remark' }

export type NamePair = readonly [from: string, to: string]

/** A step of a drafted script, with the lines of the analysis that it answers. */
export interface DraftStep {
  readonly phase: 'pre' | 'post' | 'end'
  readonly call: DraftCall
  /** Why, in a few words. */
  readonly reason: string
  readonly lines: readonly string[]
  /** A guess, or something that needs a decision: the call is written as a comment. */
  readonly isGuess: boolean
}
