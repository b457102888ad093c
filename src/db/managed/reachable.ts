import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { codeOf } from '../../base/index.js'
import { makeOwn } from './private-folder.js'
import type { SystemUser } from './server-user.js'

const SYSTEM_BASE = '/var/lib/moult'
const KEY_LENGTH = 12

/** Whether `user` can get into a folder; the parts of the path that do not exist yet do not count. */
export async function isReachable(path: string, user: SystemUser): Promise<boolean> {
  let at = resolve(path)
  while (true) {
    try {
      const { mode, uid, gid } = await stat(at)
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
    }
    if (dirname(at) === at) return true
    at = dirname(at)
  }
}

/** A folder that stands in for one that the server's user cannot reach, such as those below /root. */
export async function substituteFor(path: string, name: string, user: SystemUser): Promise<string> {
  const key = createHash('sha256').update(resolve(path)).digest('hex').slice(0, KEY_LENGTH)
  const folder = join(await substituteBase(path, user), `${name}-${key}`)
  await makeOwn(folder, user)
  return folder
}

/** What is temporary stays so; all else survives a restart of the machine, where that can be. */
async function substituteBase(path: string, user: SystemUser): Promise<string> {
  const temporary = join(tmpdir(), 'moult-root')
  const isTemporary = resolve(path).startsWith(resolve(tmpdir()) + sep)
  for (const base of isTemporary ? [] : [SYSTEM_BASE]) {
    try {
      await makeOwn(base, user)
      return base
    } catch (error) {
      if (codeOf(error) !== 'EROFS' && codeOf(error) !== 'EACCES') throw error
    }
  }
  await makeOwn(temporary, user)
  return temporary
}
