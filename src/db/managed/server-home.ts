import { existsSync } from 'node:fs'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf } from '../../base/index.js'
import { makeOwn, makePrivate, shortFolder } from './private-folder.js'
import { isReachable, substituteFor } from './reachable.js'
import { withServerLock } from './server-lock.js'
import type { SystemUser } from './server-user.js'

/** What is remembered of a server beside its data. */
interface ServerMemory {
  /** Where the files are, when the server's user cannot reach the folder of the memory. */
  readonly files?: string
  /** A short folder for the socket, when the path beside the data is too long for one. */
  readonly socket?: string
}

/** Where the files of one managed server lie: `<directory>/<major>`, or a substitute for it. */
export interface ServerHome {
  readonly major: number
  /** The folder that was asked for, which holds the memory and the lock. */
  readonly folder: string
  readonly lockFile: string
  readonly data: string
  readonly configuration: string
  readonly accessRules: string
  readonly passwordFile: string
  readonly log: string
  readonly socket: string
  readonly user: SystemUser | undefined
}

/** A Unix socket's path is cut at 103 bytes on macOS, 107 on Linux. */
const SOCKET_PATH_BYTES = 103
const SOCKET_NAME = '/.s.PGSQL.5432'
const MEMORY_FILE = 'moult.json'

/** Finds or makes the folders of the server of a major version below `directory`. */
export async function openHome(
  directory: string,
  major: number,
  user: SystemUser | undefined,
): Promise<ServerHome> {
  await makeOwn(directory, user)
  const folder = join(directory, String(major))
  await makeOwn(folder, user)
  const lockFile = join(folder, 'moult.lock')
  const { files, socket } = await withServerLock(lockFile, 'start', () => recall(folder, user))
  return {
    major,
    folder,
    lockFile,
    data: join(files, 'data'),
    configuration: join(files, 'postgresql.conf'),
    accessRules: join(files, 'pg_hba.conf'),
    passwordFile: join(files, 'password'),
    log: join(files, 'server.log'),
    socket,
    user,
  }
}

async function recall(
  folder: string,
  user: SystemUser | undefined,
): Promise<{ files: string; socket: string }> {
  const memory = await readMemory(folder)
  const files = memory.files ?? (await filesFolder(folder, user))
  await makeOwn(files, user)
  const beside = join(files, 'socket')
  const fits = Buffer.byteLength(beside + SOCKET_NAME) <= SOCKET_PATH_BYTES
  const socket = fits ? beside : await shortFolder(memory.socket, user)
  await makePrivate(socket, user)
  await writeMemory(folder, { ...(files !== folder && { files }), ...(!fits && { socket }) })
  return { files, socket }
}

/** The major versions that have databases below `directory`, newest first. */
export async function knownMajors(directory: string): Promise<readonly number[]> {
  const names = await readdir(directory).catch(() => [])
  const majors: number[] = []
  for (const name of names.filter((entry) => /^\d+$/.test(entry))) {
    const folder = join(directory, name)
    const { files } = await readMemory(folder)
    if (existsSync(join(files ?? folder, 'data', 'PG_VERSION'))) majors.push(Number(name))
  }
  return majors.sort((a, b) => b - a)
}

async function filesFolder(folder: string, user: SystemUser | undefined): Promise<string> {
  if (user === undefined || (await isReachable(dirname(folder), user))) return folder
  return substituteFor(folder, 'managed', user)
}

async function readMemory(folder: string): Promise<ServerMemory> {
  try {
    return JSON.parse(await readFile(join(folder, MEMORY_FILE), 'utf8')) as ServerMemory
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {}
    throw error
  }
}

async function writeMemory(folder: string, memory: ServerMemory): Promise<void> {
  const file = join(folder, MEMORY_FILE)
  await writeFile(`${file}.partial`, JSON.stringify(memory))
  await rename(`${file}.partial`, file)
}
