import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { codeOf } from '../../base/index.js'

const FOLDER = /^[0-9a-f]{2}$/
const CONTENT = /^[0-9a-f]{40}$/
/** Clocks of file systems are coarser than that of the database. */
const SLACK_MS = 2_000

/**
 * Removes contents of attachments that a killed process has begun to write: Odoo does not write again what
 * is there. Those written since a moment are read, and go when their SHA-1 is not their name. Returns them.
 */
export async function removeTornFiles(filestore: string, since: Date): Promise<readonly string[]> {
  const torn: string[] = []
  for (const folder of await namesIn(filestore, FOLDER)) {
    for (const name of await namesIn(join(filestore, folder), CONTENT)) {
      const file = join(filestore, folder, name)
      const { mtimeMs } = await stat(file)
      if (mtimeMs < since.getTime() - SLACK_MS || (await isWhole(file))) continue
      await rm(file)
      torn.push(`${folder}/${name}`)
    }
  }
  return torn
}

async function namesIn(folder: string, pattern: RegExp): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name))
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    throw error
  }
}

async function isWhole(file: string): Promise<boolean> {
  const hash = createHash('sha1')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex') === basename(file)
}
