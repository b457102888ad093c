import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { inParallel, UserError } from '../../base/index.js'
import { MAINTENANCE } from './worker-protocol.js'
import { WorkerThread } from './worker-thread.js'

/** The PostgreSQL inside the pinned PGlite. */
export const ENGINE = { pglite: '0.5.8', major: 18, version: 180_003 } as const

interface Marker {
  readonly engine: 'pglite'
  readonly postgres: number
}

/** Where PostgreSQL's files lie inside an embedded directory. */
export const dataFolder = (directory: string): string => join(directory, 'data')
const markerFile = (directory: string): string => join(directory, 'moult.json')

/**
 * Whether the directory holds a finished cluster. The remains of one whose making was cut short are
 * removed; one made by another PostgreSQL version is refused.
 */
export async function hasCluster(directory: string): Promise<boolean> {
  if (!existsSync(markerFile(directory))) {
    await rm(dataFolder(directory), { recursive: true, force: true })
    return false
  }
  const marker = JSON.parse(await readFile(markerFile(directory), 'utf8')) as Marker
  if (marker.postgres === ENGINE.major) return true
  throw new UserError(
    'EMBEDDED_OTHER_VERSION',
    `The embedded databases in ${directory} were made by PostgreSQL ${marker.postgres}; this moult embeds ${ENGINE.major}`,
    { hint: 'Back them up with the moult that made them and restore them with this one.' },
  )
}

/** Makes a cluster in the directory: a copy of a fresh one, so that only the first ever runs initdb. */
export async function makeCluster(directory: string, cacheDirectory: string): Promise<void> {
  await copyFolder(await folderTemplate(cacheDirectory), dataFolder(directory))
  const marker: Marker = { engine: 'pglite', postgres: ENGINE.major }
  const partial = `${markerFile(directory)}.partial`
  await writeFile(partial, JSON.stringify(marker))
  await rename(partial, markerFile(directory))
}

/** Copies many small files, in half of the time that they take one after the other. */
async function copyFolder(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  const paths = (folders: boolean): readonly string[] =>
    entries
      .filter((entry) => entry.isDirectory() === folders)
      .map((entry) => relative(from, join(entry.parentPath, entry.name)))
  await mkdir(to, { recursive: true })
  for (const folder of paths(true)) await mkdir(join(to, folder), { recursive: true })
  await inParallel(paths(false), (file) => copyFile(join(from, file), join(to, file)))
}

/** A fresh data directory, made by initdb (2.7 s) the first time. Copying it takes 0.2 s. */
function folderTemplate(cacheDirectory: string): Promise<string> {
  const folder = join(cacheDirectory, `pglite-${ENGINE.pglite}`)
  return madeOnce(folder, async (thread, partial) => {
    await thread.request({ ...FRESH, directory: partial })
    await thread.request({ kind: 'close' })
  })
}

/** A fresh data directory as a tar file, from which a memory cluster starts. */
export function imageTemplate(cacheDirectory: string): Promise<string> {
  const file = join(cacheDirectory, `pglite-${ENGINE.pglite}.tar`)
  return madeOnce(file, async (thread, partial) => {
    await thread.request({ ...FRESH, directory: undefined })
    await thread.request({ kind: 'saveTemplate', file: partial })
  })
}

const FRESH = { kind: 'open', database: MAINTENANCE, template: undefined } as const

/** Makes something in the cache unless it is there; two processes that do so at once both succeed. */
async function madeOnce(
  path: string,
  make: (thread: WorkerThread, partial: string) => Promise<void>,
): Promise<string> {
  if (existsSync(path)) return path
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.${randomUUID()}`
  const thread = new WorkerThread()
  try {
    await make(thread, partial)
    await rename(partial, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  } finally {
    await thread.kill()
    await rm(partial, { recursive: true, force: true })
  }
  return path
}
