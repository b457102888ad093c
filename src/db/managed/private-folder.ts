import { chmod, chown, lstat, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf, UserError } from '../../base/index.js'
import type { SystemUser } from './server-user.js'

const PRIVATE = 0o700
/** Others may pass through, to what they have a right to inside. */
const PASSABLE = 0o711

/** Makes a folder that only `user` (moult's own when undefined) can enter, or makes it so. */
export async function makePrivate(path: string, user: SystemUser | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE })
  await chmod(path, PRIVATE)
  if (user !== undefined) await chown(path, user.uid, user.gid)
}

/** Makes a folder of moult's own; the server's user can pass through when it is another one. */
export async function makeOwn(path: string, user: SystemUser | undefined): Promise<void> {
  const mode = user === undefined ? PRIVATE : PASSABLE
  await mkdir(path, { recursive: true, mode })
  const found = await lstat(path)
  // In a folder open to everybody, such as /tmp, somebody else may have made it first.
  if (!found.isDirectory() || !isMine(found.uid)) {
    throw new UserError('FOLDER_NOT_OWN', `${path} is not a folder of this user's own`, {
      hint: 'Run moult as its owner, or choose another folder for the managed databases.',
      place: { file: path },
    })
  }
  if ((found.mode & 0o777) !== mode) await chmod(path, mode)
}

/** A new private folder with a short path for a Unix socket, or `remembered` if that can be had again. */
export async function shortFolder(
  remembered: string | undefined,
  user: SystemUser | undefined,
): Promise<string> {
  if (remembered !== undefined && (await takeAgain(remembered, user))) return remembered
  const path = await mkdtemp(join(tmpdir(), 'moult-'))
  if (user !== undefined) await chown(path, user.uid, user.gid)
  return path
}

async function takeAgain(path: string, user: SystemUser | undefined): Promise<boolean> {
  try {
    await mkdir(path, { mode: PRIVATE })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return false
    const found = await lstat(path)
    const owner = user?.uid ?? process.getuid?.()
    return found.isDirectory() && (found.mode & 0o777) === PRIVATE && found.uid === owner
  }
  if (user !== undefined) await chown(path, user.uid, user.gid)
  return true
}

function isMine(uid: number): boolean {
  const me = process.getuid?.()
  return me === undefined || uid === me
}
