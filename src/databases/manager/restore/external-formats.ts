import { UserError } from '../../../base/index.js'
import { findClientPrograms } from '../../../db/index.js'
import type { DumpItem } from '../../dump/index.js'
import { readProgram } from '../external-program.js'
import { inFile } from './in-file.js'

const ANY_VERSION = 0

/** Reads pg_dump's directory and tar formats through pg_restore, which turns them into plain SQL. */
export async function* convertWithPgRestore(
  path: string,
  signal: AbortSignal,
): AsyncIterable<DumpItem> {
  const programs = await findClientPrograms(ANY_VERSION)
  if (programs === undefined) {
    throw new UserError(
      'PG_RESTORE_MISSING',
      `${path} can only be read by pg_restore, which is not here`,
      {
        place: { file: path },
        hint: "Install PostgreSQL's client programs (Debian: postgresql-client), or make the backup as zip or with pg_dump -Fc.",
      },
    )
  }
  const { readPlainDump } = await import('../../dump/index.js')
  const text = readProgram(programs.pgRestore, ['--no-owner', '--file=-', path], { signal })
  yield* inFile(path, readPlainDump(text))
}
