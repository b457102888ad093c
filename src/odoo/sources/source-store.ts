import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, removeAbandoned } from '../../base/index.js'
import { sourcesFolder } from './source-record.js'

/** Folders in the making: `.new-<process>-<random>`. */
const NEW = /^\.new-(\d+)-/
const TAKEN: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'])

/**
 * Lets `body` work in a new folder beside the places of a release's sources, and removes what is left of it.
 * Folders whose process was killed go as well.
 */
export async function withNewFolder<T>(
  cache: string,
  series: string,
  body: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = join(sourcesFolder(cache), series)
  await mkdir(parent, { recursive: true })
  await removeAbandoned(parent, NEW)
  const folder = join(parent, `.new-${process.pid}-${randomBytes(4).toString('hex')}`)
  await mkdir(folder)
  try {
    return await body(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Moves a finished folder to its place, at once; false when the place is taken and stays as it is. With
 * `overwrite` what is there goes first.
 */
export async function placeSource(
  folder: string,
  place: string,
  overwrite: boolean,
): Promise<boolean> {
  if (!overwrite) return await moveIfFree(folder, place)
  // Named like a folder in the making, so that another process clears it away if this one is killed.
  const old = join(dirname(folder), `.new-${process.pid}-${randomBytes(4).toString('hex')}`)
  const hadOld = await moveAway(place, old)
  try {
    return await moveIfFree(folder, place)
  } catch (error) {
    if (hadOld) await rename(old, place)
    throw error
  } finally {
    await rm(old, { recursive: true, force: true })
  }
}

async function moveAway(place: string, to: string): Promise<boolean> {
  try {
    await rename(place, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

/** Renaming a folder onto one that holds files fails, so two cannot take the same place. */
async function moveIfFree(folder: string, place: string): Promise<boolean> {
  try {
    await rename(folder, place)
    return true
  } catch (error) {
    if (TAKEN.has(codeOf(error) ?? '')) return false
    throw error
  }
}
