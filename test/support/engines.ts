import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import {
  type Cluster,
  EmbeddedCluster,
  type EngineKind,
  findServerBinaries,
  type ServerBinaries,
  startManaged,
} from '../../src/db/index.js'
import { temporaryFolder } from './temporary-folder.js'

/** A cluster of a test file's own. */
export interface OpenedEngine {
  readonly cluster: Cluster
  /** Closes the cluster and removes what it left on disk; no server stays behind. */
  close(): Promise<void>
}

/** A kind of PostgreSQL that tests can run on. */
export interface TestEngine {
  readonly name: string
  readonly kind: EngineKind
  /** Why it cannot be used here. */
  readonly unavailable?: string
  open(): Promise<OpenedEngine>
}

/** Keeps the picture of a fresh PGlite directory, so that only the first test ever runs initdb. */
export const testCache = join(tmpdir(), `moult-test-cache-${userInfo().uid}`)

/** Tested wherever they are found, and missed by name where they are not. */
const EXPECTED: readonly { major: number; origin: ServerBinaries['origin'] }[] = [
  { major: 15, origin: 'system' },
  { major: 18, origin: 'package' },
]

/**
 * All engines: embedded on disk and in memory, and a managed server of each PostgreSQL version found,
 * including those in the folders of MOULT_TEST_POSTGRES (separated by colons).
 */
export async function engines(): Promise<readonly TestEngine[]> {
  return [embeddedOnDisk, embeddedInMemory, ...(await managedEngines())]
}

/** The quickest engine that keeps its data on disk; always there. */
export const embeddedOnDisk: TestEngine = {
  name: 'embedded on disk',
  kind: 'embedded',
  async open() {
    const folder = await temporaryFolder()
    const directory = join(folder.path, 'embedded')
    return opened(embedded(directory), () => folder.remove())
  },
}

export const embeddedInMemory: TestEngine = {
  name: 'embedded in memory',
  kind: 'embedded',
  open: async () => opened(embedded(undefined), async () => {}),
}

/** The managed servers that this machine can run, and the expected ones that it cannot. */
export async function managedEngines(): Promise<readonly TestEngine[]> {
  const found = await testBinaries()
  const missing = EXPECTED.filter(
    ({ major, origin }) => !found.some((one) => one.major === major && one.origin === origin),
  )
  return [
    ...found.map(managed),
    ...missing.map(({ major, origin }) => unavailable(`managed ${major} (${origin})`)),
  ]
}

/** The server programs that tests use, oldest version first. */
export async function testBinaries(): Promise<readonly ServerBinaries[]> {
  const named = process.env.MOULT_TEST_POSTGRES
  const found = await findServerBinaries({
    environment: { ...process.env, ...(named !== undefined && { MOULT_PG_BIN: named }) },
    cacheDirectory: testCache,
  })
  return [...found].sort((a, b) => a.major - b.major)
}

/** Opens an engine's cluster for the tests of the surrounding `describe`; returns how to get it. */
export function useEngine(engine: TestEngine): () => Cluster {
  let current: OpenedEngine | undefined
  beforeAll(async () => {
    if (engine.unavailable === undefined) current = await engine.open()
  })
  afterAll(async () => {
    await current?.close()
  })
  return () => {
    if (current === undefined) throw new Error(`${engine.name} was not opened`)
    return current.cluster
  }
}

function embedded(directory: string | undefined): EmbeddedCluster {
  return new EmbeddedCluster({ directory, cacheDirectory: testCache, operation: 'test' })
}

function managed(binaries: ServerBinaries): TestEngine {
  return {
    name: `managed ${binaries.major} (${binaries.origin})`,
    kind: 'managed',
    async open() {
      const folder = await temporaryFolder()
      const cluster = await startManaged({ directory: join(folder.path, 'managed'), binaries })
      return opened(cluster, () => folder.remove())
    },
  }
}

function unavailable(name: string): TestEngine {
  const reason = 'its PostgreSQL programs are not on this machine'
  return {
    name: `${name}: ${reason}`,
    kind: 'managed',
    unavailable: reason,
    open: () => Promise.reject(new Error(reason)),
  }
}

function opened(cluster: Cluster, cleanUp: () => Promise<void>): OpenedEngine {
  return {
    cluster,
    async close() {
      await cluster.close()
      await cleanUp()
    },
  }
}
