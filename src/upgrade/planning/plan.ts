import type { Finding } from '../../base/index.js'
import type { ScriptDecision, ScriptTier } from '../../scripts/selection/index.js'
import type { PlannedLoader } from './choose-loader.js'

export type Phase = 'pre' | 'post' | 'end'
export type Profile = 'odoo' | 'openupgrade'
export type ScriptLanguage = 'python' | 'typescript' | 'sql'

/** One script that the plan runs. */
export interface PlannedScript {
  /** Absolute path. */
  readonly file: string
  /** Name of its version folder, such as `16.0.1.2`. */
  readonly directory: string
  readonly language: ScriptLanguage
  /** SHA-256 of the file when it was planned, in hexadecimal; a later change is noticed. */
  readonly checksum: string
  /** Python: T1 a cursor and helpers, T2 generic records, T3 the release's own models. */
  readonly tier?: ScriptTier
  /** What Odoo logs before it, without the logger's prefix. */
  readonly logLine: string
}

interface ModuleStep {
  readonly module: string
  /** Version before the hop as stored; empty when it was not installed. */
  readonly installedVersion: string
  readonly targetVersion: string
  /** The module is done with this step: its version and state are written. */
  readonly completes: boolean
}

/** Runs a module's scripts of one phase. */
export interface ScriptsStep extends ModuleStep {
  readonly kind: 'scripts'
  readonly phase: Phase
  readonly scripts: readonly PlannedScript[]
}

/** Brings a module's schema, reflection and data to the release. */
export interface LoadStep extends ModuleStep {
  readonly kind: 'load'
  /** As Odoo counts: `Loading module account (43/71)`. */
  readonly index: number
  readonly total: number
  readonly isNew: boolean
  /** A new module whose demonstration data is loaded as well. */
  readonly demo?: boolean
}

/** Writes the module list of the release and marks what is to be upgraded and installed. */
export interface ListStep {
  readonly kind: 'list'
}

/** Brings what only all modules together tell to the release: columns that are translated no longer. */
export interface SettleStep {
  readonly kind: 'settle'
}

/** Makes up for what had to wait, and cleans up what the release no longer has. */
export interface FinishStep {
  readonly kind: 'finish'
}

/** Looks at the result: states, modules that were not loaded. */
export interface ChecksStep {
  readonly kind: 'checks'
}

/** Removes modules with their data, as was decided. */
export interface RemoveStep {
  readonly kind: 'remove'
  readonly modules: readonly string[]
}

/** One transaction of a run. */
export type PlanStep =
  | ScriptsStep
  | LoadStep
  | ListStep
  | SettleStep
  | FinishStep
  | RemoveStep
  | ChecksStep

/** What becomes of one module in a hop. */
export interface PlannedModule {
  readonly name: string
  readonly fate: 'upgrade' | 'install' | 'remove' | 'not-loaded'
  /** Name before the hop, where a script renames or merges it. */
  readonly formerly?: readonly string[]
  readonly installedVersion: string | null
  readonly targetVersion: string | null
  /** Why, in a sentence, where it is not plain. */
  readonly reason?: string
}

/** Everything one hop will do, in order; plain JSON, so that it can be shown, stored, compared and resumed. */
export interface HopPlan {
  readonly from: string
  readonly to: string
  readonly profile: Profile
  readonly loader: PlannedLoader
  readonly steps: readonly PlanStep[]
  readonly modules: readonly PlannedModule[]
  /** Every script and folder that was found, and why it runs or not. */
  readonly decisions: readonly ScriptDecision[]
  readonly findings: readonly Finding[]
}

/** A path of hops. */
export interface UpgradePlan {
  readonly source: string
  readonly hops: readonly HopPlan[]
}

/** `account:post`, or `list` and `checks` for the steps of no module. */
export function nameOfStep(step: PlanStep): string {
  switch (step.kind) {
    case 'scripts':
      return `${step.module}:${step.phase}`
    case 'load':
      return `${step.module}:load`
    default:
      return step.kind
  }
}
