import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findPackageBinaries } from './programs/package-binaries.js'
import {
  namedFolders,
  type ProgramEnvironment,
  realFolders,
  usualFolders,
} from './programs/program-folders.js'
import { versionOf } from './programs/program-version.js'

/** The programs of one PostgreSQL version that make and run a server. */
export interface ServerBinaries {
  readonly major: number
  /** As the program says it: `15.18`. */
  readonly version: string
  /** Holds `initdb`, `pg_ctl` and `postgres`. */
  readonly binDir: string
  readonly origin: 'system' | 'package'
  /** Variables that the programs need. */
  readonly environment: Readonly<Record<string, string>>
}

/** `pg_dump` and `pg_restore` of one version. */
export interface ClientPrograms {
  readonly major: number
  readonly version: string
  readonly pgDump: string
  readonly pgRestore: string
}

export interface FindOptions {
  /** PATH, MOULT_PG_BIN (folders to try first) and ProgramFiles; `process.env` by default. */
  readonly environment?: ProgramEnvironment
  /** Where links to the npm package's libraries go when the package's folder cannot be written. */
  readonly cacheDirectory?: string
}

const SUFFIX = process.platform === 'win32' ? '.exe' : ''
const SERVER_PROGRAMS = ['initdb', 'pg_ctl', 'postgres']
const CLIENT_PROGRAMS = ['pg_dump', 'pg_restore']

/** The path of a program in a folder. */
export function programPath(binDir: string, name: string): string {
  return join(binDir, `${name}${SUFFIX}`)
}

/**
 * The PostgreSQL servers that this machine can run: first those of MOULT_PG_BIN, then the newest major;
 * of equal majors the system's before the npm package's.
 */
export async function findServerBinaries(
  options: FindOptions = {},
): Promise<readonly ServerBinaries[]> {
  const environment = options.environment ?? process.env
  const cacheDirectory = options.cacheDirectory ?? join(homedir(), '.cache', 'moult')
  const inSystem = async (folders: readonly string[]): Promise<ServerBinaries[]> => {
    const found = await Promise.all(
      folders
        .filter((folder) => holds(folder, SERVER_PROGRAMS))
        .map((folder) => describeServer(folder, 'system', {})),
    )
    return found.filter((binaries) => binaries !== undefined)
  }
  const named = await realFolders(namedFolders(environment), `postgres${SUFFIX}`)
  const usual = await realFolders(await usualFolders(environment), `postgres${SUFFIX}`)
  const [first, system, packaged] = await Promise.all([
    inSystem(named),
    inSystem(usual.filter((folder) => !named.includes(folder))),
    describePackage(cacheDirectory),
  ])
  const others = packaged === undefined ? system : [...system, packaged]
  return [...first, ...others.sort((a, b) => b.major - a.major)]
}

/**
 * Every pair of `pg_dump` and `pg_restore` on this machine: first those of MOULT_PG_BIN, then the oldest
 * major.
 */
export async function listClientPrograms(
  options: FindOptions = {},
): Promise<readonly ClientPrograms[]> {
  const environment = options.environment ?? process.env
  const inFolders = async (folders: readonly string[]): Promise<ClientPrograms[]> => {
    const found = await Promise.all(
      (await realFolders(folders, `pg_dump${SUFFIX}`))
        .filter((folder) => holds(folder, CLIENT_PROGRAMS))
        .map((folder) => describeClient(folder)),
    )
    return found.filter((programs) => programs !== undefined).sort((a, b) => a.major - b.major)
  }
  const [named, usual] = await Promise.all([
    inFolders(namedFolders(environment)),
    inFolders(await usualFolders(environment)),
  ])
  return [...named, ...usual]
}

/**
 * The oldest `pg_dump` and `pg_restore` that are not older than a server of `minMajor`, which they would
 * refuse; undefined when there are none.
 */
export async function findClientPrograms(
  minMajor: number,
  options: FindOptions = {},
): Promise<ClientPrograms | undefined> {
  return (await listClientPrograms(options)).find(({ major }) => major >= minMajor)
}

function holds(folder: string, programs: readonly string[]): boolean {
  return programs.every((name) => existsSync(programPath(folder, name)))
}

async function describeServer(
  binDir: string,
  origin: ServerBinaries['origin'],
  environment: Readonly<Record<string, string>>,
): Promise<ServerBinaries | undefined> {
  const version = await versionOf(programPath(binDir, 'postgres'), environment)
  return version && { ...version, binDir, origin, environment }
}

async function describePackage(cacheDirectory: string): Promise<ServerBinaries | undefined> {
  const found = await findPackageBinaries(cacheDirectory)
  return found && describeServer(found.binDir, 'package', found.environment)
}

async function describeClient(binDir: string): Promise<ClientPrograms | undefined> {
  const pgDump = programPath(binDir, 'pg_dump')
  const version = await versionOf(pgDump)
  return version && { ...version, pgDump, pgRestore: programPath(binDir, 'pg_restore') }
}
