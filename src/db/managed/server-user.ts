import { readFile } from 'node:fs/promises'

/** A user of the operating system. */
export interface SystemUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const CANDIDATES = ['postgres', 'nobody']
const NOBODY: SystemUser = { name: 'nobody', uid: 65534, gid: 65534 }

/**
 * Who runs the server when moult runs as root, which PostgreSQL refuses; undefined when moult runs as
 * an ordinary user, who then runs the server too.
 */
export async function serverUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  for (const name of CANDIDATES) {
    const user = users.get(name)
    if (user !== undefined && user.uid !== 0) return user
  }
  return NOBODY
}

function parsePasswd(text: string): ReadonlyMap<string, SystemUser> {
  const users = new Map<string, SystemUser>()
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && uid && gid) users.set(name, { name, uid: Number(uid), gid: Number(gid) })
  }
  return users
}
