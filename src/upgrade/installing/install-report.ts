import type { Finding, Progress } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { FileStore } from '../loader/index.js'

/** Where modules are installed. */
export interface InstallTarget {
  /** On a database without any table; every module is a transaction of its own. */
  readonly session: Session
  /** Where contents of attachments go. */
  readonly store: FileStore
  readonly progress: Progress
  /** Folder of what can be made again. */
  readonly cache: string
}

/** What was installed. */
export interface InstallReport {
  /** Series of the release. */
  readonly release: string
  /** In the order in which they were loaded. */
  readonly modules: readonly string[]
  readonly demo: boolean
  readonly milliseconds: number
  readonly findings: readonly Finding[]
}
