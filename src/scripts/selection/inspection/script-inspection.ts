/** A parameter of `migrate`. */
export interface ScriptParameter {
  readonly name: string
  readonly kind: 'positional' | 'keyword-only' | 'rest' | 'keywords'
  readonly hasDefault: boolean
}

/** The `migrate` of a script. */
export interface MigrateFunction {
  readonly line: number
  /** Undefined when it is no function written here: imported, or another value's name. */
  readonly parameters: readonly ScriptParameter[] | undefined
}

/** A package that a script imports. */
export interface ScriptImport {
  /** `odoo.addons.account.models`; names taken from it follow separately. */
  readonly module: string
  readonly names: readonly string[]
  readonly line: number
  /** Inside of `try`: the script can do without it. */
  readonly optional: boolean
}

/**
 * What a script needs: T1 a cursor and helpers, T2 generic records, T3 the release's own models.
 * It is a guess from the text; a wrong one is noticed when the script runs.
 */
export type ScriptTier = 'T1' | 'T2' | 'T3'

/** What asks for the tier: `account.chart.template.try_loading`, line 14. */
export interface TierReason {
  readonly what: string
  readonly line: number
}

/** What a look at a Python script's text tells, without running it. */
export interface ScriptInspection {
  readonly file: string
  /** False when the grammar could not be loaded: only the plain text was looked at. */
  readonly exact: boolean
  readonly syntaxErrorLine?: number
  readonly migrate?: MigrateFunction
  readonly imports: readonly ScriptImport[]
  /** Packages that neither Python, Odoo nor moult brings. */
  readonly unknownPackages: readonly ScriptImport[]
  readonly tier: ScriptTier
  readonly tierReason?: TierReason
}
