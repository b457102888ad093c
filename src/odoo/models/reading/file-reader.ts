import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf } from '../../../base/index.js'
import { ContentCache, contentKey } from '../../../cache/index.js'
import { loadPythonReader, type PythonFile, type PythonReader } from '../../../text/index.js'
import { reachFiles } from './reach-files.js'

/** Changes with the form of what is read from a file: older entries are not looked at. */
const VERSION = 1
const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'])

/** One module to read. */
export interface ReadingTask {
  readonly addon: string
  readonly folder: string
  /** Paths inside the module that others import though its own package does not. */
  readonly entries: readonly (readonly string[])[]
}

/** The Python files of a module, parsed. */
export interface ModuleFiles {
  readonly addon: string
  readonly folder: string
  /** Path in the folder → the file as JSON, in the order in which they were found. */
  readonly files: readonly (readonly [path: string, json: string])[]
  readonly others: readonly string[]
  readonly bytes: number
  /** Files whose parsed form was in the cache. */
  readonly cached: number
}

/** Reads modules in this thread. */
export class FileReader {
  readonly #cache: ContentCache
  readonly #python: PythonReader

  private constructor(cache: ContentCache, python: PythonReader) {
    this.#cache = cache
    this.#python = python
  }

  static async start(cacheDirectory: string | undefined): Promise<FileReader> {
    const cache = new ContentCache(cacheDirectory, 'python', VERSION)
    return new FileReader(cache, await loadPythonReader())
  }

  readModule({ addon, folder, entries }: ReadingTask): ModuleFiles {
    const texts = new Map<string, string>()
    let bytes = 0
    let cached = 0
    const read = (path: string): PythonFile | undefined => {
      const content = contentOf(join(folder, path))
      if (content === undefined) return undefined
      if (typeof content === 'string') {
        const unread: PythonFile = { statements: [], problem: content }
        texts.set(path, JSON.stringify(unread))
        return unread
      }
      bytes += content.length
      const key = contentKey(content)
      const known = this.#cache.read(key)
      const text = known ?? JSON.stringify(this.#python.read(content))
      if (known === undefined) this.#cache.write(key, text)
      else cached += 1
      texts.set(path, text)
      return JSON.parse(text) as PythonFile
    }
    const { files, others } = reachFiles(addon, read, entries)
    return {
      ...{ addon, folder, bytes, cached },
      files: [...files.keys()].map((path) => [path, texts.get(path) ?? '']),
      others: [...others],
    }
  }
}

/** The file's bytes, undefined where there is none, or why it cannot be read. */
function contentOf(path: string): Buffer | string | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    return MISSING.has(codeOf(error) ?? '') ? undefined : messageOf(error)
  }
}
