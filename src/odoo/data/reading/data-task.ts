import type { DataFacts } from '../data-facts.js'
import type { DataFile } from '../data-file.js'

/** A file of a task. */
export interface TaskFile {
  readonly path: string
  readonly file: string
  readonly noupdate: boolean
}

/** What a thread is to read: the files of one module, all that they say or only what they name. */
export interface DataTask {
  readonly module: string
  readonly files: readonly TaskFile[]
  readonly major: number
  readonly view: 'facts' | 'full'
}

/** In the order of the task's files. */
export interface DataAnswer {
  readonly facts: readonly DataFacts[]
  readonly full: readonly DataFile[]
  readonly bytes: number
  /** Bytes whose parsed form came from the cache. */
  readonly cached: number
}

/** What each thread is started with. */
export interface DataWorkerOptions {
  readonly cacheDirectory: string | undefined
}
