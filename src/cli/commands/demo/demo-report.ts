import type { DatabaseMeasure } from './measure-database.js'
import type { ModuleChange } from './module-changes.js'
import type { Sample } from './sample-rows.js'
import type { LanguageTime } from './script-times.js'

/** One command that the demo carried out, what came of it and how long it took. */
export interface DemoStep {
  readonly command: string
  readonly outcome: readonly string[]
  readonly milliseconds: number
}

/** What the demo did and shows at its end. */
export interface DemoReport {
  readonly steps: readonly DemoStep[]
  readonly from: string
  readonly to: string
  readonly before: DatabaseMeasure
  readonly after: DatabaseMeasure
  readonly modules: readonly ModuleChange[]
  readonly languages: readonly LanguageTime[]
  /** Scripts that were found and did not run: for versions that were installed already. */
  readonly passedOver: readonly string[]
  readonly samples: readonly Sample[]
  /** Name of the upgraded database. */
  readonly database: string
}
