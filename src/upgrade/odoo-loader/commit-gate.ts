import type { LoaderCommitKind } from './loader-commit.js'

export interface CommitGateOptions {
  /** Whether commits that a script makes behind the loader's back are made. */
  readonly honoursAll: boolean
  readonly onWithheld: () => void
}

/**
 * Decides which commits of the guest take effect. From its first module to its end, the loader announces each
 * one, and the journal's record is in it; others come from scripts that commit on the connection itself, and
 * would leave half a module that nobody knows of.
 */
export class CommitGate {
  readonly #options: CommitGateOptions
  #isOpen = true
  #announced: LoaderCommitKind | undefined

  constructor(options: CommitGateOptions) {
    this.#options = options
  }

  /** Whether all work of the guest has to be in a transaction that the loader ends. */
  get isClosed(): boolean {
    return !this.#isOpen
  }

  /** A module begins. */
  close(): void {
    this.#isOpen = false
  }

  /** The loader is about to commit. */
  announce(kind: LoaderCommitKind): void {
    this.#announced = kind
  }

  /** Whether a commit takes effect; asked once for each. */
  pass(): boolean {
    const kind = this.#announced
    this.#announced = undefined
    // What follows are the few statements around a registry that is complete, or begun again.
    if (kind === 'end' || kind === 'removal') this.#isOpen = true
    if (kind !== undefined || this.#isOpen || this.#options.honoursAll) return true
    this.#options.onWithheld()
    return false
  }
}
