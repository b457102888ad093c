import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, isProcessAlive } from '../../base/index.js'
import type { ServerListening } from './server-settings.js'

/** A server's first process, as its `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number
  readonly listening: ServerListening
  /** Whether it takes connections; it does not while it starts, recovers or stops. */
  readonly ready: boolean
}

const READY = new Set(['ready', 'standby'])

/** The file by which PostgreSQL marks a data directory as being served. */
export const pidFile = (data: string): string => join(data, 'postmaster.pid')

/**
 * The server that runs in a data directory. A file left by one that is gone is no server; when its
 * number has gone to another process, the file is removed, as PostgreSQL would refuse to start.
 */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const found = parsePidFile(await readPidFile(data))
  if (found === undefined || !isProcessAlive(found.pid)) return undefined
  if (servesData(found.pid, data)) return found
  await rm(pidFile(data), { force: true })
  return undefined
}

/** Reads the lines: process, data, start time, port, socket folder, address, memory key, state. */
export function parsePidFile(text: string): Postmaster | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const [pid, , , port, socket, , , state] = lines
  if (!pid || !/^\d+$/.test(pid)) return undefined
  const listening: ServerListening = socket
    ? { kind: 'socket', directory: socket, port: Number(port) }
    : { kind: 'loopback', port: Number(port) }
  return { pid: Number(pid), listening, ready: READY.has(state ?? '') }
}

async function readPidFile(data: string): Promise<string> {
  try {
    return await readFile(pidFile(data), 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}

/** Only Linux tells cheaply; elsewhere PostgreSQL's own check decides at the start. */
function servesData(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    // A postmaster works in its data directory.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
  } catch {
    // Another user's process: a postmaster nevertheless, by its name?
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
    } catch {
      return false
    }
  }
}
