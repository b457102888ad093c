import type { Place, StepState } from '../../base/index.js'
import type { RecordedRelease } from './recorded-release.js'

/** What a thread that reads a release tells. */
export type ThreadMessage =
  | {
      readonly kind: 'progress'
      readonly name: 'stepStarted' | 'stepAdvanced' | 'stepFinished'
      readonly state: StepState
    }
  | { readonly kind: 'done'; readonly release: RecordedRelease }
  | {
      readonly kind: 'failed'
      /** Undefined for what is no error of moult's. */
      readonly code: string | undefined
      readonly text: string
      readonly hint: string | undefined
      readonly place: Place | undefined
    }
