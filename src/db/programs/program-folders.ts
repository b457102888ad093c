import { readdir, realpath } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'

/** The variables that say where to look; `process.env` fits. */
export type ProgramEnvironment = Readonly<Record<string, string | undefined>>

/** Folders whose sub-folders, named by a pattern, hold a `bin`. */
const PARENTS: readonly (readonly [parent: string, name: RegExp])[] = [
  ['/usr/lib/postgresql', /^\d+$/],
  ['/usr', /^pgsql-\d+$/],
  ['/opt/homebrew/opt', /^postgresql@\d+$/],
  ['/usr/local/opt', /^postgresql@\d+$/],
  ['/Library/PostgreSQL', /^\d+$/],
  ['/Applications/Postgres.app/Contents/Versions', /^\d+$/],
]

/** The folders that the user named in MOULT_PG_BIN, in that order. */
export function namedFolders(environment: ProgramEnvironment): readonly string[] {
  return splitPath(environment.MOULT_PG_BIN)
}

/** The folders where systems and packagers put PostgreSQL's programs, those of PATH last. */
export async function usualFolders(environment: ProgramEnvironment): Promise<readonly string[]> {
  const windows = environment.ProgramFiles
  const parents: typeof PARENTS =
    windows === undefined ? PARENTS : [...PARENTS, [join(windows, 'PostgreSQL'), /^\d+$/]]
  const found = await Promise.all(parents.map(([parent, name]) => binFolders(parent, name)))
  return [...found.flat(), ...splitPath(environment.PATH)]
}

/**
 * Where a program of these folders really lies: links are followed, each place is named once, and a
 * program that is a link to another one (Debian's pg_wrapper, which chooses a version itself) is no place.
 */
export async function realFolders(
  folders: readonly string[],
  program: string,
): Promise<readonly string[]> {
  const paths = await Promise.all(
    folders.map((folder) => realpath(join(folder, program)).catch(() => '')),
  )
  return [...new Set(paths.filter((path) => basename(path) === program).map(dirname))]
}

async function binFolders(parent: string, name: RegExp): Promise<readonly string[]> {
  const names = await readdir(parent).catch(() => [])
  return names.filter((entry) => name.test(entry)).map((entry) => join(parent, entry, 'bin'))
}

/** Colons between folders, semicolons on Windows. */
function splitPath(path: string | undefined): readonly string[] {
  return (path ?? '').split(delimiter).filter((folder) => folder !== '')
}
