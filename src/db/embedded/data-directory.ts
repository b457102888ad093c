import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../base/index.js'
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

/** Writes down that the cluster is complete. */
export async function markComplete(directory: string): Promise<void> {
  const marker: Marker = { engine: 'pglite', postgres: ENGINE.major }
  const partial = `${markerFile(directory)}.partial`
  await writeFile(partial, JSON.stringify(marker))
  await rename(partial, markerFile(directory))
}

/**
 * The picture of a fresh data directory, made by initdb (2.7 s) the first time and unpacked (0.5 s)
 * from then on. Two processes that make it at once both succeed.
 */
export async function clusterTemplate(cacheDirectory: string): Promise<string> {
  const file = join(cacheDirectory, `pglite-${ENGINE.pglite}.tar`)
  if (existsSync(file)) return file
  await mkdir(cacheDirectory, { recursive: true })
  const partial = `${file}.${randomUUID()}`
  const thread = new WorkerThread()
  try {
    await thread.request({
      kind: 'open',
      directory: undefined,
      database: MAINTENANCE,
      template: undefined,
    })
    await thread.request({ kind: 'saveTemplate', file: partial })
    await rename(partial, file)
  } finally {
    await thread.kill()
    await rm(partial, { force: true })
  }
  return file
}
