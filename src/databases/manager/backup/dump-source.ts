import type { OutputFile } from '../../../archive/index.js'
import type { Findings } from '../../../base/index.js'
import { type Cluster, firstRow, raw, type Session, sql } from '../../../db/index.js'
import type { DumpEntry, DumpOrigin } from '../../dump/index.js'
import { readProgram } from '../external-program.js'
import type { Dumper } from './choose-dumper.js'

export interface DumpRequest {
  readonly cluster: Cluster
  /** In a REPEATABLE READ transaction, so that dump, manifest and attachments are of one moment. */
  readonly session: Session
  readonly dumper: Dumper
  /** Tables of schema public whose rows are left out. */
  readonly excludeTableData: readonly string[]
  readonly signal: AbortSignal
  /** What could not be dumped. */
  readonly findings: Findings
}

interface BuiltInDump {
  readonly entries: readonly DumpEntry[]
  readonly origin: DumpOrigin
}

/** The database as plain SQL. */
export async function* plainDump(request: DumpRequest): AsyncIterable<Uint8Array> {
  if (request.dumper.kind === 'pg_dump') {
    yield* runPgDump(request, ['--format=plain'])
    return
  }
  const { writePlainDump } = await import('../../dump/index.js')
  const { entries, origin } = await builtInDump(request)
  yield* writePlainDump(entries, origin)
}

/** The database in pg_dump's custom format. */
export async function archiveDump(
  request: DumpRequest,
  output: OutputFile,
  onBytes: (bytes: number) => void,
): Promise<void> {
  if (request.dumper.kind === 'pg_dump') {
    for await (const chunk of runPgDump(request, ['--format=custom'])) {
      await output.write(chunk)
      onBytes(chunk.length)
    }
    return
  }
  const { writeCustomArchive } = await import('../../dump/index.js')
  const { entries, origin } = await builtInDump(request)
  await writeCustomArchive(
    {
      write: async (data) => {
        await output.write(data)
        onBytes(data.length)
      },
      ...(output.seekable && {
        writeAt: (data: Uint8Array, position: number) => output.rewrite(position, data),
      }),
    },
    entries,
    origin,
  )
}

/** Only where there is no pg_dump is moult's own dumper loaded. */
async function builtInDump({
  session,
  excludeTableData,
  findings,
}: DumpRequest): Promise<BuiltInDump> {
  const { dumpEntries } = await import('../../dump/index.js')
  const version = await firstRow<{ version: string }>(
    session,
    sql`SELECT current_setting('server_version') AS version`,
  )
  const dump = await dumpEntries(session, {
    excludeTableData: new Set(excludeTableData.map((table) => `public.${table}`)),
  })
  for (const finding of dump.findings) findings.add(finding)
  return {
    entries: dump.entries,
    origin: { database: session.database, serverVersion: version?.version ?? '' },
  }
}

async function* runPgDump(
  { cluster, session, dumper, excludeTableData, signal }: DumpRequest,
  args: readonly string[],
): AsyncIterable<Uint8Array> {
  if (dumper.kind !== 'pg_dump') return
  const snapshot = await firstRow<{ id: string }>(session, raw('SELECT pg_export_snapshot() AS id'))
  const environment = cluster.environment?.(session.database)
  yield* readProgram(
    dumper.programs.pgDump,
    [
      '--no-owner',
      '--no-password',
      ...args,
      ...(snapshot === undefined ? [] : [`--snapshot=${snapshot.id}`]),
      ...excludeTableData.map(
        (table) => `--exclude-table-data=public."${table.replaceAll('"', '""')}"`,
      ),
    ],
    { signal, ...(environment !== undefined && { environment }) },
  )
}
