import { readFile } from 'node:fs/promises'
import type { AddonsTree } from '../../../odoo/addons/index.js'

/** Files of modules that data files name, read ahead. */
export class SourceFiles {
  readonly #tree: AddonsTree
  readonly #contents = new Map<string, Uint8Array | undefined>()

  constructor(tree: AddonsTree) {
    this.#tree = tree
  }

  /** Reads `module/path/in/it`; what does not exist is remembered as missing. */
  async read(paths: Iterable<string>): Promise<void> {
    for (const path of new Set(paths)) {
      if (this.#contents.has(path)) continue
      const slash = path.indexOf('/')
      const [file] =
        slash < 0 ? [] : await this.#tree.findAll(path.slice(0, slash), path.slice(slash + 1))
      this.#contents.set(path, file === undefined ? undefined : await readFile(file))
    }
  }

  /** The content of a file that was read; undefined for one that does not exist. */
  content(path: string): Uint8Array | undefined {
    return this.#contents.get(path)
  }
}
