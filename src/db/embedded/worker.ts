import { readFile, writeFile } from 'node:fs/promises'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { cube } from '@electric-sql/pglite/contrib/cube'
import { earthdistance } from '@electric-sql/pglite/contrib/earthdistance'
import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch'
import { hstore } from '@electric-sql/pglite/contrib/hstore'
import { intarray } from '@electric-sql/pglite/contrib/intarray'
import { ltree } from '@electric-sql/pglite/contrib/ltree'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { tablefunc } from '@electric-sql/pglite/contrib/tablefunc'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp'
import { codeOf, InternalError, messageOf } from '../../base/index.js'
import { Confinement } from './confinement.js'
import {
  BACKLOG_LIMIT,
  MAINTENANCE,
  UNKNOWN_DATABASE,
  type WorkerData,
  type WorkerReply,
  type WorkerRequest,
} from './worker-protocol.js'

const extensions = {
  btree_gin,
  btree_gist,
  citext,
  cube,
  earthdistance,
  fuzzystrmatch,
  hstore,
  intarray,
  ltree,
  pg_trgm,
  tablefunc,
  unaccent,
  uuid_ossp,
}

const BACKLOG_WAIT_MS = 50

const port = parentPort as MessagePort
const backlog = new Int32Array((workerData as WorkerData).backlog)

interface Opened {
  readonly engine: PGlite
  readonly confinement: Confinement
}

let current: Opened | undefined

function reply(message: WorkerReply): void {
  port.postMessage(message)
}

function opened(): Opened {
  if (current === undefined) throw new InternalError('EMBEDDED_NOT_OPEN', 'No database is open')
  return current
}

type OpenRequest = Extract<WorkerRequest, { kind: 'open' }>

async function open(request: OpenRequest): Promise<void> {
  const { directory, database } = request
  if (current !== undefined) {
    const { engine } = current
    await refuseUnknown(engine, database)
    // A memory cluster lives in the engine: take its files along to the next one.
    const files = directory === undefined ? await engine.dumpDataDir('none') : undefined
    await close()
    await start(directory, database, files)
    return
  }
  const files =
    request.template === undefined ? undefined : new Blob([await readFile(request.template)])
  try {
    await start(directory, database, files)
  } catch (error) {
    // PGlite does not say why; the reason may be that there is no such database.
    if (database === MAINTENANCE) throw error
    await refuseUnknown(await start(directory, MAINTENANCE, files), database)
    throw error
  }
}

async function start(
  directory: string | undefined,
  database: string,
  files: Blob | undefined,
): Promise<PGlite> {
  const engine = await PGlite.create({
    ...(directory !== undefined && { dataDir: directory }),
    ...(files !== undefined && { loadDataDir: files }),
    database,
    extensions,
  })
  current = { engine, confinement: new Confinement(engine) }
  return engine
}

async function close(): Promise<void> {
  const closing = current
  current = undefined
  await closing?.engine.close()
}

async function refuseUnknown(open: PGlite, database: string): Promise<void> {
  const { rows } = await open.query('SELECT FROM pg_catalog.pg_database WHERE datname = $1', [
    database,
  ])
  if (rows.length > 0) return
  throw Object.assign(new Error(`There is no database "${database}"`), { code: UNKNOWN_DATABASE })
}

async function send(bytes: Uint8Array): Promise<void> {
  await opened().engine.execProtocolRawStream(bytes, {
    syncToFs: false,
    onRawData: (data) => {
      const copy = data.slice()
      Atomics.add(backlog, 0, copy.byteLength)
      reply({ kind: 'data', bytes: copy })
      while (Atomics.load(backlog, 0) > BACKLOG_LIMIT) {
        Atomics.wait(backlog, 0, Atomics.load(backlog, 0), BACKLOG_WAIT_MS)
      }
    },
  })
}

async function saveTemplate(file: string): Promise<void> {
  const image = await opened().engine.dumpDataDir('none')
  await writeFile(file, Buffer.from(await image.arrayBuffer()))
}

async function handle(request: WorkerRequest): Promise<void> {
  switch (request.kind) {
    case 'open':
      return open(request)
    case 'send':
      return send(request.bytes)
    case 'confine':
      return request.role === undefined
        ? opened().confinement.leave()
        : opened().confinement.enter(request.role)
    case 'elevate':
      return opened().confinement.elevate(request.on)
    case 'saveTemplate':
      return saveTemplate(request.file)
    case 'close':
      return close()
  }
}

let queue: Promise<void> = Promise.resolve()
port.on('message', (request: WorkerRequest) => {
  queue = queue
    .then(() => handle(request))
    .then(
      () => reply({ kind: 'done' }),
      (error: unknown) => reply({ kind: 'failed', message: messageOf(error), code: codeOf(error) }),
    )
})
