import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createWorkshop } from '../../src/databases/example/index.js'
import {
  createEmptyDatabase,
  type DatabaseHost,
  dropWithFilestore,
  filestoreOf,
} from '../../src/databases/manager/index.js'
import { type Cluster, EmbeddedCluster, startManaged } from '../../src/db/index.js'
import { testCache } from './engines.js'
import {
  type FollowedRun,
  followMoult,
  type RunningCommand,
  type StreamedEvent,
} from './event-stream.js'
import type { CommandPlace } from './moult-command.js'
import { type RunFacts, readRunFacts } from './run-facts.js'
import { temporaryFolder } from './temporary-folder.js'

/** The example that the manual and the demo use. */
export const WORKSHOP = resolve(import.meta.dirname, '../../examples/bicycle-workshop')

export type WorkshopEngine = 'embedded' | 'managed'

/** All facts of an upgraded database, its files included. */
export interface WorkshopFacts extends RunFacts {
  readonly files: readonly string[]
}

/** The example's database on an engine of the test's own, and the commands to upgrade it there. */
export interface WorkshopBench {
  readonly place: CommandPlace
  /** Upgrades a copy of the example from 15.0 to 17.0. */
  upgrade(into: string, onEvent?: OnEvent, folder?: string): Promise<FollowedRun>
  resume(database: string, onEvent?: OnEvent): Promise<FollowedRun>
  withHost<T>(body: (host: DatabaseHost) => Promise<T>): Promise<T>
  /** Reads the facts of an upgraded database, which is of no further use, and drops it. */
  takeFacts(database: string): Promise<WorkshopFacts>
  close(): Promise<void>
}

type OnEvent = (event: StreamedEvent, command: RunningCommand) => void

/** Makes the example's database in a new home folder. */
export async function openWorkshopBench(engine: WorkshopEngine): Promise<WorkshopBench> {
  const folder = await temporaryFolder()
  const home = folder.path
  const place: CommandPlace = { home, cache: testCache, folder: WORKSHOP }
  // The server is this process's as well, so that it does not end with the last command that is killed.
  const server =
    engine === 'managed' ? await startManaged({ directory: join(home, 'managed') }) : undefined
  const withHost = async <T>(body: (host: DatabaseHost) => Promise<T>): Promise<T> => {
    const cluster = server ?? embedded(home)
    try {
      return await body({ cluster, filestoreRoot: join(home, 'filestore') })
    } finally {
      if (server === undefined) await cluster.close()
    }
  }
  await withHost(async (host) => {
    await createEmptyDatabase(host, 'workshop')
    await host.cluster.withSession('workshop', (session) =>
      createWorkshop(session, filestoreOf(host, 'workshop')),
    )
  })
  const where = ['--engine', engine]
  return {
    place,
    upgrade: (into, onEvent, from = WORKSHOP) =>
      followMoult(
        { ...place, folder: from },
        ['upgrade', 'workshop', '--into', into, ...where],
        onEvent,
      ),
    resume: (database, onEvent) => followMoult(place, ['resume', database, ...where], onEvent),
    withHost,
    takeFacts: (database) =>
      withHost(async (host) => {
        const facts = await host.cluster.withSession(database, readRunFacts)
        const files = await readdir(filestoreOf(host, database), { recursive: true })
        await dropWithFilestore(host, database, { force: true })
        return { ...facts, files: files.sort() }
      }),
    close: async () => {
      await server?.close()
      await folder.remove()
    },
  }
}

function embedded(home: string): Cluster {
  return new EmbeddedCluster({
    directory: join(home, 'embedded'),
    cacheDirectory: testCache,
    operation: 'test',
  })
}
