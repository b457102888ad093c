import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { messageOf, OutsideError } from '../../base/index.js'
import { programPath, type ServerBinaries } from '../server-programs.js'
import { makePrivate } from './private-folder.js'
import { programEnvironment } from './program-environment.js'
import type { ServerHome } from './server-home.js'
import { SUPERUSER } from './server-settings.js'

const BUILTIN_PROVIDER_MAJOR = 17
const PASSWORD_BYTES = 24
const PARTIAL = '.partial-'

const run = promisify(execFile)

/**
 * Makes the data directory with initdb, unless it is there. It gets its name when it is complete, so
 * what a killed process left half-made is made again.
 */
export async function initCluster(
  home: ServerHome,
  binaries: ServerBinaries,
  needsPassword: boolean,
): Promise<void> {
  if (existsSync(home.data)) return
  if (needsPassword) await writePassword(home)
  await removePartials(home)
  const partial = `${home.data}${PARTIAL}${randomUUID()}`
  let refusal: unknown
  for (const locale of locales(binaries.major)) {
    await makePrivate(partial, home.user)
    try {
      await runInitdb(home, binaries, [
        `--pgdata=${partial}`,
        `--username=${SUPERUSER}`,
        '--encoding=UTF8',
        '--lc-messages=C',
        ...locale,
        ...(needsPassword
          ? ['--auth=scram-sha-256', `--pwfile=${home.passwordFile}`]
          : ['--auth=trust']),
      ])
      await rename(partial, home.data)
      return
    } catch (error) {
      refusal = error
      await rm(partial, { recursive: true, force: true })
      if (!/invalid locale/i.test(messageOf(error))) break
    }
  }
  throw new OutsideError('MANAGED_INIT_FAILED', `initdb could not make ${home.data}`, {
    cause: refusal,
    hint: messageOf(refusal),
  })
}

/** What killed processes left; an initdb of theirs that still runs loses its folder, and ends. */
async function removePartials({ data }: ServerHome): Promise<void> {
  const names = await readdir(dirname(data))
  const partials = names.filter((name) => name.startsWith(`${basename(data)}${PARTIAL}`))
  await Promise.all(
    partials.map((name) => rm(join(dirname(data), name), { recursive: true, force: true })),
  )
}

async function writePassword({ passwordFile, user }: ServerHome): Promise<void> {
  await writeFile(passwordFile, randomBytes(PASSWORD_BYTES).toString('base64url'), { mode: 0o600 })
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid)
}

/**
 * Sorting by bytes, as Odoo's own databases do, but letters of all languages are letters. Systems
 * differ in which locale gives that; the last one exists everywhere.
 */
function locales(major: number): readonly (readonly string[])[] {
  const ctype = ['C.UTF-8', 'en_US.UTF-8', 'UTF-8'].map((name) => [
    '--lc-collate=C',
    `--lc-ctype=${name}`,
  ])
  const builtin = ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const last = major >= BUILTIN_PROVIDER_MAJOR ? [builtin] : [['--no-locale']]
  return process.platform === 'win32' ? last : [...ctype, ...last]
}

async function runInitdb(
  home: ServerHome,
  binaries: ServerBinaries,
  args: readonly string[],
): Promise<void> {
  const { user } = home
  await run(programPath(binaries.binDir, 'initdb'), [...args], {
    cwd: dirname(home.data),
    env: programEnvironment(binaries),
    windowsHide: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  })
}
