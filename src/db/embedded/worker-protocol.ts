/** PGlite's database that always exists. */
export const MAINTENANCE = 'postgres'

/** What the main thread asks of the thread that runs PGlite. */
export type WorkerRequest =
  | {
      readonly kind: 'open'
      /** Data directory, or undefined for memory. */
      readonly directory: string | undefined
      readonly database: string
      /** A data directory as a tar file, to start a new cluster from. */
      readonly template: string | undefined
    }
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  /** Logs the session in as `role` until `confine` with undefined; outside a transaction only. */
  | { readonly kind: 'confine'; readonly role: string | undefined }
  /** Gives the confined session the superuser's rights for moult's own statement, or takes them back. */
  | { readonly kind: 'elevate'; readonly on: boolean }
  /** Writes the data directory of an open memory cluster or a fresh one as a tar file. */
  | { readonly kind: 'saveTemplate'; readonly file: string }
  | { readonly kind: 'close' }

export type WorkerReply =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }

/** The code of an 'open' that failed because there is no such database; nothing was closed then. */
export const UNKNOWN_DATABASE = '3D000'

/**
 * Shared counter of bytes that the worker has posted and nobody has read yet: the worker waits while
 * it is above the limit, so that a large result does not pile up in memory.
 */
export const BACKLOG_LIMIT = 8 * 1024 * 1024

export interface WorkerData {
  readonly backlog: SharedArrayBuffer
}
