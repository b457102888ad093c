import type { DirectoryRecord } from './central-directory.js'
import { nameProblem } from './entry-name.js'
import type { StorageMethod } from './zip-entry.js'
import { zipError } from './zip-error.js'

const ENCRYPTED = 0x1
const FILE_TYPE = 0o170000
const ORDINARY_TYPES: ReadonlySet<number> = new Set([0, 0o100000, 0o040000])
const AES = 99

const METHODS: Readonly<Record<number, StorageMethod>> = { 0: 'store', 8: 'deflate' }
const OTHER_METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
}

/** Refuses a name that is unsafe or that an earlier entry has, and remembers it. */
export function claimName(path: string, name: string, taken: Set<string>): void {
  const problem = nameProblem(name)
  if (problem !== undefined) throw zipError('ZIP_UNSAFE_NAME', path, problem, { entry: name })
  if (taken.has(name)) {
    throw zipError('ZIP_DUPLICATE_ENTRY', path, 'is there twice', { entry: name })
  }
  taken.add(name)
}

/** Refuses links and devices: restored, they could point anywhere. */
export function refuseLink(path: string, record: DirectoryRecord): void {
  const type = (record.externalAttributes >>> 16) & FILE_TYPE
  if (ORDINARY_TYPES.has(type)) return
  throw zipError('ZIP_SYMLINK', path, 'is a symbolic link or a device, not a file', {
    entry: record.name,
  })
}

/** How the content is stored; encrypted content and other methods are refused. */
export function methodOf(path: string, record: DirectoryRecord): StorageMethod {
  const entry = record.name
  if ((record.flags & ENCRYPTED) !== 0 || record.method === AES) {
    throw zipError('ZIP_ENCRYPTED', path, 'is encrypted', { entry })
  }
  const method = METHODS[record.method]
  if (method === undefined) {
    const name = OTHER_METHODS[record.method] ?? `method ${record.method}`
    throw zipError('ZIP_METHOD_UNSUPPORTED', path, `is compressed with ${name}`, { entry })
  }
  if (method === 'store' && record.compressedSize !== record.uncompressedSize) {
    throw zipError('ZIP_CORRUPT', path, 'is stored as it is, but with two sizes', { entry })
  }
  return method
}
