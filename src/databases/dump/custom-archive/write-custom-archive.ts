import { InternalError, Progress } from '../../../base/index.js'
import type { DumpEntry, DumpOrigin, DumpRows } from '../dump-entry.js'
import { BLOCK_DATA } from './archive-format.js'
import { ArchiveOutput } from './archive-output.js'
import type { ArchiveSink } from './archive-sink.js'
import { intBytes } from './byte-writer.js'
import { coalesce, deflate } from './deflate.js'
import { WrittenHead } from './written-head.js'

export interface WriteArchiveOptions {
  /** zlib's level from 1, fast, to 9, small; 0 does not compress, -1 is zlib's default, 6. */
  readonly level?: number
  /** When the dump was made; shown by `pg_restore -l`. */
  readonly createdAt?: Date
  readonly progress?: Progress
}

export interface WrittenArchive {
  /** Bytes of the archive. */
  readonly size: number
  /** Tables whose rows it holds. */
  readonly tables: number
}

const DEFAULT_LEVEL = 1

/** Ends the rows of a table, as pg_dump writes it. */
const END_OF_ROWS = Buffer.from('\\.\n\n\n')

const SECTION_ORDER = ['pre-data', 'data', 'post-data']

/**
 * Writes an archive in pg_dump's custom format, version 1.14: pg_restore 12 and all later ones read
 * it. Entries come in an order in which they can be restored, sections one after the other. For
 * `pg_restore -j` the first dependency of a `TABLE DATA` entry must be its `TABLE`. Rows are read
 * when their turn comes and are never held in memory.
 */
export async function writeCustomArchive(
  sink: ArchiveSink,
  entries: readonly DumpEntry[],
  origin: DumpOrigin,
  options: WriteArchiveOptions = {},
): Promise<WrittenArchive> {
  refuseDisorder(entries)
  const { level = DEFAULT_LEVEL, createdAt = new Date(), progress = new Progress() } = options
  const head = new WrittenHead(entries, origin, { level, createdAt })
  const output = new ArchiveOutput(sink)
  // A copy: the offsets entered below must not reach a sink that keeps the bytes for later.
  await output.append(Buffer.from(head.bytes))
  const tables = entries.filter((entry) => entry.rows !== undefined)
  await progress.step(
    'Writing the archive',
    { unit: 'tables', total: tables.length },
    async (step) => {
      for (const entry of tables) {
        step.advance(0, entry.tag)
        head.place(entry, output.position)
        await writeBlock(output, entry, level, () => step.advance(0))
        step.advance(1)
      }
    },
  )
  await output.flush()
  await sink.writeAt?.(head.bytes, 0)
  return { size: output.position, tables: tables.length }
}

/** A data block: its kind, its entry, the pieces with their lengths, a length of zero. */
async function writeBlock(
  output: ArchiveOutput,
  entry: DumpEntry,
  level: number,
  onPiece: () => void,
): Promise<void> {
  if (entry.rows === undefined) return
  await output.append(Buffer.from([BLOCK_DATA]))
  await output.append(intBytes(entry.id))
  for await (const piece of pieces(entry.rows, level)) {
    onPiece()
    await output.append(intBytes(piece.length))
    await output.append(piece)
  }
  await output.append(intBytes(0))
}

/** Rows with their end, compressed; no piece is empty, which would mean the end. */
function pieces(rows: DumpRows, level: number): AsyncIterable<Buffer> {
  const chunks = coalesce(withEnd(rows))
  return level === 0 ? chunks : deflate(chunks, level)
}

async function* withEnd(rows: DumpRows): AsyncGenerator<Uint8Array, void, undefined> {
  yield* rows.read()
  yield END_OF_ROWS
}

function refuseDisorder(entries: readonly DumpEntry[]): void {
  const ids = new Set<number>()
  let section = 0
  for (const entry of entries) {
    const next = SECTION_ORDER.indexOf(entry.section)
    if (entry.id < 1 || ids.has(entry.id) || next < section) {
      throw new InternalError(
        'DUMP_ORDER',
        `Dump entry ${entry.id} is out of order or not unique`,
        {
          place: { object: `${entry.description} ${entry.tag}` },
        },
      )
    }
    ids.add(entry.id)
    section = next
  }
}
