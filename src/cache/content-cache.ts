import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  futimesSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { PARSED_FOLDER } from './parsed-folder.js'

const KEY_BYTES = 20
const CHECK_LENGTH = 16
const FAN_OUT = 2
/** An entry's date is its last use, to a day. */
const DATE_PRECISION_MS = 86_400_000

/** What a content is filed under: the same for the same bytes. */
export function contentKey(bytes: Uint8Array): string {
  return createHash('sha256')
    .update(bytes)
    .digest('hex')
    .slice(0, 2 * KEY_BYTES)
}

/**
 * What has been worked out of a content, filed under the content's key: entries never have to be
 * invalidated. Several processes and threads may use one folder: an entry appears as a whole, a damaged
 * one is taken for missing, and nothing that fails here is an error. It is made for threads, so it works
 * synchronously.
 */
export class ContentCache {
  readonly #folder: string | undefined

  /** `version` changes with the form of the entries; without a folder nothing is kept. */
  constructor(cacheDirectory: string | undefined, name: string, version: number) {
    this.#folder =
      cacheDirectory === undefined
        ? undefined
        : join(cacheDirectory, PARSED_FOLDER, `${name}-${version}`)
  }

  read(key: string): string | undefined {
    if (this.#folder === undefined) return undefined
    const file = this.#fileOf(key)
    try {
      const entry = readAndDate(file)
      const check = entry.slice(0, CHECK_LENGTH)
      const text = entry.slice(CHECK_LENGTH)
      if (check === checkOf(text)) return text
      rmSync(file, { force: true })
    } catch {
      // Missing, being removed by another process, or not readable: it is worked out again.
    }
    return undefined
  }

  write(key: string, text: string): void {
    if (this.#folder === undefined) return
    const file = this.#fileOf(key)
    const draft = `${file}.${randomUUID()}`
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(draft, checkOf(text) + text)
      renameSync(draft, file)
    } catch {
      rmSync(draft, { force: true })
    }
  }

  #fileOf(key: string): string {
    return join(this.#folder ?? '', key.slice(0, FAN_OUT), key.slice(FAN_OUT))
  }
}

function checkOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, CHECK_LENGTH)
}

function readAndDate(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const now = Date.now()
    if (now - fstatSync(descriptor).mtimeMs > DATE_PRECISION_MS) {
      futimesSync(descriptor, now / 1000, now / 1000)
    }
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}
