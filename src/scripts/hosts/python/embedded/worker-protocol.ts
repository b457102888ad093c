import type { MessagePort } from 'node:worker_threads'
import type { GuestFile } from '../guest-package.js'
import type { Mount } from '../interpreter.js'

/** Places in the shared state of an embedded interpreter. */
export const ANSWERED = 0
/** WebAssembly pages of 64 KiB that the interpreter may have. */
export const PAGES_ALLOWED = 1
/** 1 when growing beyond them was refused. */
export const PAGES_REFUSED = 2
export const STATE_INTS = 4

export const PAGE_BYTES = 65_536

/** What the thread of an interpreter is started with. */
export interface InterpreterData {
  /** Folder of the Pyodide package, with a slash at its end. */
  readonly pyodide: string
  readonly files: readonly GuestFile[]
  readonly mounts: readonly Mount[]
  /** Memory of an interpreter that has started; saves starting one. */
  readonly snapshot: Uint8Array | undefined
  /** Start, send the memory, end. */
  readonly makeSnapshot: boolean
  /** First entries of `sys.path`. */
  readonly searchPath: readonly string[]
  /** Series of the target release. */
  readonly release: string
  readonly state: Int32Array
  readonly interrupt: Uint8Array
  readonly questions: MessagePort
}

/** What the main thread asks of an interpreter's thread. */
export interface InterpreterRequest {
  readonly text: string
  readonly mounts: readonly Mount[]
}

export type InterpreterReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'snapshot'; readonly memory: Uint8Array }
  /** `size`: bytes of WebAssembly memory after the command. */
  | { readonly kind: 'outcome'; readonly text: string; readonly size: number }
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'printed'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
