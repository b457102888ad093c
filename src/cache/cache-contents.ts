import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, inParallel, readError, writeError } from '../base/index.js'

/** One part of the cache folder: a folder or file directly in it. */
export interface CachePart {
  readonly name: string
  readonly path: string
  readonly files: number
  readonly bytes: number
}

const PARALLEL = 32

/**
 * What the cache folder holds, by name; nothing where there is none.
 *
 * Errors: FILE_UNREADABLE, READ_FAILED.
 */
export async function listCache(cacheDirectory: string): Promise<readonly CachePart[]> {
  const names = await readdir(cacheDirectory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw readError(error, cacheDirectory)
  })
  const parts: CachePart[] = []
  for (const name of names.sort()) parts.push(await measure(name, join(cacheDirectory, name)))
  return parts
}

/**
 * Removes parts of the cache. What is in use stays usable: everything in it is made anew when needed.
 *
 * Errors: FILE_NOT_WRITABLE, WRITE_FAILED.
 */
export async function clearCache(parts: readonly CachePart[]): Promise<void> {
  for (const { path } of parts) {
    await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
      throw writeError(error, path)
    })
  }
}

async function measure(name: string, path: string): Promise<CachePart> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const paths = files.length > 0 ? files.map((file) => join(file.parentPath, file.name)) : [path]
  let bytes = 0
  let count = 0
  await inParallel(
    paths,
    async (file) => {
      const facts = await stat(file).catch(() => undefined)
      if (facts?.isFile() !== true) return
      bytes += facts.size
      count += 1
    },
    PARALLEL,
  )
  return { name, path, files: count, bytes }
}
