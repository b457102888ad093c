import { checksumOf } from '../planning/index.js'
import type { RecordedScript } from './journal/index.js'

/** A script that Odoo's loader has run. */
export interface RanScript {
  readonly module: string
  readonly phase: string
  readonly file: string
  readonly milliseconds: number
  readonly statements: number
}

/** Scripts that ran since the last commit, for the records of their steps. */
export class RanScripts {
  readonly #scripts = new Map<string, RanScript[]>()

  add(script: RanScript): void {
    const key = keyOf(script)
    const known = this.#scripts.get(key)
    if (known === undefined) this.#scripts.set(key, [script])
    else known.push(script)
  }

  /** Those of a module's phase, once. */
  async take(step: {
    readonly module: string
    readonly phase: string
  }): Promise<readonly RecordedScript[]> {
    const key = keyOf(step)
    const found = this.#scripts.get(key) ?? []
    this.#scripts.delete(key)
    return Promise.all(
      found.map(async ({ file, milliseconds, statements }) => ({
        file,
        // A script that is gone by now has run all the same.
        checksum: await checksumOf(file).catch(() => ''),
        milliseconds,
        statements,
        // The interpreter keeps the count of its rows to itself.
        rows: 0,
      })),
    )
  }
}

function keyOf({ module, phase }: { readonly module: string; readonly phase: string }): string {
  return `${module}:${phase}`
}
