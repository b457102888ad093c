import { relative, sep } from 'node:path'
import type { RecordPlace } from './release-records.js'

type Placed = { readonly place?: RecordPlace }

/**
 * Makes places begin with the module: where a source tree lies says nothing, and files of an analysis are
 * compared between machines.
 */
export class RelativePlaces {
  readonly #folders: readonly string[]
  readonly #known = new Map<string, string>()

  /** Folders of modules, in any order. */
  constructor(folders: readonly string[]) {
    this.#folders = [...folders].sort((a, b) => b.length - a.length)
  }

  /** The records with such places. */
  of<T extends Placed>(records: readonly T[]): readonly T[] {
    return records.map((record) =>
      record.place === undefined
        ? record
        : { ...record, place: { ...record.place, file: this.file(record.place.file) } },
    )
  }

  file(path: string): string {
    const known = this.#known.get(path)
    if (known !== undefined) return known
    const folder = this.#folders.find((candidate) => path.startsWith(candidate + sep))
    const found = (folder === undefined ? path : relative(folder, path)).replaceAll('\\', '/')
    this.#known.set(path, found)
    return found
  }
}
