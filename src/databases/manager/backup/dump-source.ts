import type { OutputFile } from '../../../archive/index.js'
import { type Findings, InternalError } from '../../../base/index.js'
import { type Cluster, firstRow, raw, type Session, sql } from '../../../db/index.js'
import type { DumpEntry, DumpOrigin } from '../../dump/index.js'
import { type ProgramOptions, readProgram, runProgram } from '../external-program.js'
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
    yield* readPgDump(request, 'plain')
    return
  }
  const { writePlainDump } = await import('../../dump/index.js')
  const { entries, origin } = await builtInDump(request)
  yield* writePlainDump(entries, origin)
}

/** Writes the database to a file, as plain SQL or in pg_dump's custom format. */
export async function dumpToFile(
  request: DumpRequest,
  output: OutputFile,
  format: 'plain' | 'custom',
): Promise<void> {
  if (request.dumper.kind === 'pg_dump' && output.seekable) {
    await output.writeBy((descriptor) => runPgDump(request, format, descriptor))
  } else if (request.dumper.kind === 'pg_dump') {
    await output.writeAll(readPgDump(request, format))
  } else if (format === 'plain') {
    await output.writeAll(plainDump(request))
  } else {
    await writeBuiltInArchive(request, output)
  }
}

async function writeBuiltInArchive(request: DumpRequest, output: OutputFile): Promise<void> {
  const { writeCustomArchive } = await import('../../dump/index.js')
  const { entries, origin } = await builtInDump(request)
  const sink = {
    write: (data: Uint8Array) => output.write(data),
    ...(output.seekable && {
      writeAt: (data: Uint8Array, position: number) => output.rewrite(position, data),
    }),
  }
  await writeCustomArchive(sink, entries, origin)
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

async function* readPgDump(
  request: DumpRequest,
  format: 'plain' | 'custom',
): AsyncIterable<Uint8Array> {
  const { program, args, options } = await pgDumpCall(request, format)
  yield* readProgram(program, args, options)
}

/** Straight into the file: faster, and a custom archive then tells where its data are. */
async function runPgDump(
  request: DumpRequest,
  format: 'plain' | 'custom',
  output: number,
): Promise<void> {
  const { program, args, options } = await pgDumpCall(request, format)
  await runProgram(program, args, { ...options, output })
}

interface PgDumpCall {
  readonly program: string
  readonly args: readonly string[]
  readonly options: ProgramOptions
}

async function pgDumpCall(
  { cluster, session, dumper, excludeTableData, signal }: DumpRequest,
  format: 'plain' | 'custom',
): Promise<PgDumpCall> {
  if (dumper.kind !== 'pg_dump') throw new InternalError('DUMPER_MISMATCH', dumper.kind)
  const snapshot = await firstRow<{ id: string }>(session, raw('SELECT pg_export_snapshot() AS id'))
  const environment = cluster.environment?.(session.database)
  const excluded = excludeTableData.map(
    (table) => `--exclude-table-data=public."${table.replaceAll('"', '""')}"`,
  )
  return {
    program: dumper.programs.pgDump,
    args: [
      '--no-owner',
      '--no-password',
      `--format=${format}`,
      ...(snapshot === undefined ? [] : [`--snapshot=${snapshot.id}`]),
      ...excluded,
    ],
    options: { signal, ...(environment !== undefined && { environment }) },
  }
}
