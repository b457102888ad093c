import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, removeAbandoned } from '../../base/index.js'

/** Folders in the making: `.new-<process>-<random>`. */
const NEW = /^\.new-(\d+)-/

/** Lets `body` work in a new folder of `parent`, and removes what is left of it, and of killed processes'. */
export async function withWorkFolder<T>(
  parent: string,
  body: (folder: string) => Promise<T>,
): Promise<T> {
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

/** Puts a folder in the place of another one, which is kept until that is done. */
export async function replaceFolder(folder: string, place: string): Promise<void> {
  const old = `${folder}-old`
  const hadOld = await moveAway(place, old)
  try {
    await rename(folder, place)
  } catch (error) {
    if (hadOld) await rename(old, place)
    throw error
  }
  await rm(old, { recursive: true, force: true })
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
