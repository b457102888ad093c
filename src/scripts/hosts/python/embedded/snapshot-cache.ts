import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readGuestPackage } from '../guest-package.js'
import { type EmbeddedKind, takeSnapshot } from './embedded-interpreter.js'

const VERSION = '314.0.7'
const HASH_BYTES = 32

const inMemory = new Map<string, Promise<Uint8Array | undefined>>()

/**
 * The memory of a started interpreter with the guest package in it: made once, kept for the life of the
 * process and, where there is a cache folder, beyond it. With `alone`, no other start is near: what the folder
 * has is not kept in memory besides. Undefined when it cannot be made.
 */
export async function interpreterSnapshot(
  kind: EmbeddedKind,
  cacheDirectory: string | undefined,
  alone = false,
): Promise<Uint8Array | undefined> {
  const key = await snapshotKey(kind)
  const made = inMemory.get(key) ?? readOrTake(key, kind, cacheDirectory)
  if (!alone || cacheDirectory === undefined) inMemory.set(key, made)
  return made
}

/** Has the next start do without a snapshot that did not work, and make a new one after that. */
export async function forgetSnapshot(
  kind: EmbeddedKind,
  cacheDirectory: string | undefined,
): Promise<void> {
  const key = await snapshotKey(kind)
  inMemory.set(key, Promise.resolve(undefined))
  if (cacheDirectory !== undefined) await rm(fileOf(cacheDirectory, key), { force: true })
}

async function readOrTake(
  key: string,
  kind: EmbeddedKind,
  cacheDirectory: string | undefined,
): Promise<Uint8Array | undefined> {
  const cached = cacheDirectory === undefined ? undefined : await read(fileOf(cacheDirectory, key))
  if (cached !== undefined) return cached
  try {
    const memory = shared(await takeSnapshot(kind))
    if (cacheDirectory !== undefined) await write(fileOf(cacheDirectory, key), memory)
    return memory
  } catch {
    // Starting without it takes longer and is otherwise the same.
    return undefined
  }
}

async function snapshotKey(kind: EmbeddedKind): Promise<string> {
  const hash = createHash('sha256').update(
    JSON.stringify([VERSION, process.version, kind.searchPath, kind.release]),
  )
  for (const { path, bytes } of await readGuestPackage()) hash.update(`${path}\0`).update(bytes)
  return hash.digest('hex').slice(0, 32)
}

function fileOf(cacheDirectory: string, key: string): string {
  return join(cacheDirectory, 'python', `${key}.snapshot`)
}

/** A file begins with the hash of the rest: a damaged one would crash, or worse, only almost work. */
async function read(file: string): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readShared(file)
    const memory = bytes.subarray(HASH_BYTES)
    return hashOf(memory).equals(bytes.subarray(0, HASH_BYTES)) ? memory : undefined
  } catch {
    return undefined
  }
}

/** Straight into shared memory: a copy would stay with the process. */
async function readShared(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const bytes = new Uint8Array(new SharedArrayBuffer(size))
    for (let at = 0; at < size; ) {
      const { bytesRead } = await handle.read(bytes, at, size - at, at)
      if (bytesRead === 0) return bytes.subarray(0, at)
      at += bytesRead
    }
    return bytes
  } finally {
    await handle.close()
  }
}

async function write(file: string, memory: Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}`
  try {
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(temporary, Buffer.concat([hashOf(memory), memory]), { mode: 0o600 })
    await rename(temporary, file)
  } catch {
    // A full or read-only cache costs time only.
    await rm(temporary, { force: true }).catch(() => {})
  }
}

function hashOf(memory: Uint8Array): Buffer {
  return createHash('sha256').update(memory).digest()
}

/** In memory that all threads share: nothing is copied when an interpreter starts. */
function shared(memory: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(memory.byteLength))
  bytes.set(memory)
  return bytes
}
