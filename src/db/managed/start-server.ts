import { execFile, spawn } from 'node:child_process'
import { open, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { OutsideError } from '../../base/index.js'
import { programPath, type ServerBinaries } from '../server-programs.js'
import { findPostmaster, type Postmaster } from './postmaster.js'
import { programEnvironment } from './program-environment.js'
import type { ServerHome } from './server-home.js'
import {
  accessRules,
  LOOPBACK,
  type ServerListening,
  serverConfiguration,
} from './server-settings.js'

const SOCKET_PORT = 5432
const POLL_MS = 5
const READY_TIMEOUT_MS = 300_000
const ROOMY_BYTES = 1024 ** 3
const LOG_BYTES = 4 * 1024 ** 2
const SHOWN_LINES = 12
/** The remains of a killed server hold its memory for a moment. */
const STILL_IN_USE = /pre-existing shared memory block/
const RETRIES = 30
const RETRY_MS = 200

export interface StartOptions {
  readonly home: ServerHome
  readonly binaries: ServerBinaries
  readonly onSocket: boolean
}

/** Starts the server and waits until it takes connections; it outlives this process. */
export async function startServer(options: StartOptions): Promise<Postmaster> {
  const { home } = options
  const listening = await chooseListening(options)
  await writeFile(home.accessRules, accessRules(listening), { mode: 0o644 })
  await writeFile(
    home.configuration,
    serverConfiguration({
      listening,
      hbaFile: home.accessRules,
      roomySharedMemory: await hasRoomySharedMemory(),
    }),
    { mode: 0o644 },
  )
  for (let attempt = 1; ; attempt += 1) {
    const exited = await launch(options)
    const postmaster = await untilReady(home, exited)
    if (postmaster !== undefined) return postmaster
    const log = await lastLines(home.log)
    if (attempt === RETRIES || !log.some((line) => STILL_IN_USE.test(line))) {
      throw startFailed(home, log)
    }
    await sleep(RETRY_MS)
  }
}

/** Waits for a server that starts or recovers; undefined when it ended instead. */
export async function untilReady(
  home: ServerHome,
  hasExited: () => boolean,
): Promise<Postmaster | undefined> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    // Asked first: a server that is ready when it has ended was not this one.
    const ended = hasExited()
    const postmaster = await findPostmaster(home.data)
    if (postmaster?.ready) return postmaster
    if (ended) return undefined
    await sleep(POLL_MS)
  }
  throw startFailed(home, await lastLines(home.log))
}

/** Runs the server in a session of its own, so that Ctrl-C here does not reach it. */
async function launch({ home, binaries }: StartOptions): Promise<() => boolean> {
  const args = ['-D', home.data, '-c', `config_file=${home.configuration}`]
  const env = programEnvironment(binaries)
  if (process.platform === 'win32') {
    // Only pg_ctl sheds the rights of an administrator, with which a server refuses to run.
    const options = `-c config_file="${home.configuration}"`
    await promisify(execFile)(
      programPath(binaries.binDir, 'pg_ctl'),
      ['start', '-W', '-D', home.data, '-l', home.log, '-o', options],
      { env, windowsHide: true },
    )
    return () => false
  }
  await renameLargeLog(home.log)
  const log = await open(home.log, 'a', 0o600)
  try {
    const child = spawn(programPath(binaries.binDir, 'postgres'), args, {
      cwd: dirname(home.data),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env,
      ...(home.user && { uid: home.user.uid, gid: home.user.gid }),
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve).once('error', reject)
    })
    child.unref()
    return () => child.exitCode !== null || child.signalCode !== null
  } finally {
    await log.close()
  }
}

async function chooseListening({ home, onSocket }: StartOptions): Promise<ServerListening> {
  return onSocket
    ? { kind: 'socket', directory: home.socket, port: SOCKET_PORT }
    : { kind: 'loopback', port: await freePort() }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, LOOPBACK, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

async function hasRoomySharedMemory(): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs('/dev/shm')
    return bavail * bsize >= ROOMY_BYTES
  } catch {
    // macOS has none, and needs none.
    return process.platform !== 'linux'
  }
}

async function renameLargeLog(log: string): Promise<void> {
  const { size } = await stat(log).catch(() => ({ size: 0 }))
  if (size > LOG_BYTES) await rename(log, `${log}.old`)
}

async function lastLines(log: string): Promise<readonly string[]> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-SHOWN_LINES)
}

function startFailed(home: ServerHome, log: readonly string[]): OutsideError {
  return new OutsideError(
    'MANAGED_START_FAILED',
    `The PostgreSQL server in ${home.folder} did not start: ${log.at(-1) ?? 'no reason given'}`,
    {
      hint: `Its log is ${home.log}. Check free space and memory, then run the command again.`,
      data: { log },
    },
  )
}
