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
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { tablefunc } from '@electric-sql/pglite/contrib/tablefunc'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp'
import { codeOf, InternalError, messageOf } from '../../base/index.js'
import {
  BACKLOG_LIMIT,
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
  pgcrypto,
  tablefunc,
  unaccent,
  uuid_ossp,
}

/** PostgreSQL functions that PGlite's build exports but its types do not name. */
interface Backend {
  _get_role_oid(name: number, missingOk: number): number
  _SetUserIdAndSecContext(role: number, context: number): void
  stringToUTF8OnStack(text: string): number
}

/**
 * SECURITY_LOCAL_USERID_CHANGE of miscadmin.h: PostgreSQL then refuses SET/RESET ROLE and SESSION
 * AUTHORIZATION, as inside a security-definer function.
 */
const LOCAL_USERID_CHANGE = 1
const BOOTSTRAP_SUPERUSER = 10
const BACKLOG_WAIT_MS = 50

const port = parentPort as MessagePort
const backlog = new Int32Array((workerData as WorkerData).backlog)
let engine: PGlite | undefined

function reply(message: WorkerReply): void {
  port.postMessage(message)
}

function opened(): PGlite {
  if (engine === undefined) throw new InternalError('EMBEDDED_NOT_OPEN', 'No database is open')
  return engine
}

async function open(request: Extract<WorkerRequest, { kind: 'open' }>): Promise<void> {
  let image =
    request.template === undefined ? undefined : new Blob([await readFile(request.template)])
  if (engine !== undefined) {
    // A memory cluster lives in the engine: take its files along to the next one.
    if (request.directory === undefined) image = await engine.dumpDataDir('none')
    await engine.close()
    engine = undefined
  }
  engine = await PGlite.create({
    ...(request.directory !== undefined && { dataDir: request.directory }),
    ...(image !== undefined && { loadDataDir: image }),
    database: request.database,
    extensions,
  })
}

async function send(bytes: Uint8Array): Promise<void> {
  await opened().execProtocolRawStream(bytes, {
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

function confine(role: string | undefined): void {
  const backend = opened().Module as unknown as Backend
  if (role === undefined) {
    backend._SetUserIdAndSecContext(BOOTSTRAP_SUPERUSER, 0)
    return
  }
  const oid = backend._get_role_oid(backend.stringToUTF8OnStack(role), 1)
  if (oid === 0) throw new InternalError('ROLE_UNKNOWN', `There is no role "${role}"`)
  backend._SetUserIdAndSecContext(oid, LOCAL_USERID_CHANGE)
}

async function saveTemplate(file: string): Promise<void> {
  const image = await opened().dumpDataDir('none')
  await writeFile(file, Buffer.from(await image.arrayBuffer()))
}

async function handle(request: WorkerRequest): Promise<void> {
  switch (request.kind) {
    case 'open':
      return open(request)
    case 'send':
      return send(request.bytes)
    case 'confine':
      return confine(request.role)
    case 'saveTemplate':
      return saveTemplate(request.file)
    case 'close':
      await engine?.close()
      engine = undefined
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
