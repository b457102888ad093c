import type pg from 'pg'
import type { CopyIn } from '../client-session.js'

/** PGlite reads COPY data synchronously, so each COPY must hold all of its data in one message group. */
const BATCH_BYTES = 8 * 1024 * 1024
const NEWLINE = 0x0a
const BACKSLASH = 0x5c
const LENGTH_BYTES = 4

/** COPY into PGlite: in batches of whole rows, each batch its own COPY statement, all of them or none. */
export const batchedCopy: CopyIn = async (client, statement, data) => {
  const enclosed = client.getTransactionStatus() !== 'I'
  if (!enclosed) await client.query('BEGIN')
  try {
    let rows = 0
    for await (const batch of wholeRows(data, BATCH_BYTES)) {
      rows += await sendBatch(client, statement, batch, rows)
    }
    if (!enclosed) await client.query('COMMIT')
    return rows
  } catch (error) {
    if (!enclosed) await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/**
 * Gathers data in batches of about `size` bytes that end where a row ends; the last one may end
 * anywhere. There is at least one, as a wrong statement has to fail without data too.
 */
export async function* wholeRows(
  data: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let bytes = 0
  /** Bytes of `held` up to the end of its last whole row. */
  let whole = 0
  let escaped = false
  let given = false
  for await (const chunk of data) {
    const end = endOfLastRow(chunk, escaped)
    if (end > 0) whole = bytes + end
    escaped = endsEscaped(chunk, chunk.byteLength, escaped)
    held.push(chunk)
    bytes += chunk.byteLength
    if (bytes < size || whole === 0) continue
    const all = Buffer.concat(held)
    const batch = all.subarray(0, whole)
    held = [all.subarray(whole)]
    bytes -= whole
    whole = 0
    given = true
    yield batch
  }
  if (bytes > 0 || !given) yield Buffer.concat(held)
}

/** The offset behind the last newline that ends a row, which is one that no backslash escapes. */
function endOfLastRow(bytes: Uint8Array, escapedBefore: boolean): number {
  let at = bytes.lastIndexOf(NEWLINE)
  while (at >= 0 && endsEscaped(bytes, at, escapedBefore)) {
    at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1)
  }
  return at + 1
}

/** Whether what follows the first `end` bytes is escaped: an odd number of backslashes precedes it. */
function endsEscaped(bytes: Uint8Array, end: number, escapedBefore: boolean): boolean {
  let at = end
  while (at > 0 && bytes[at - 1] === BACKSLASH) at -= 1
  const odd = (end - at) % 2 === 1
  return at === 0 ? odd !== escapedBefore : odd
}

function sendBatch(
  client: pg.Client,
  statement: string,
  batch: Buffer,
  rowsBefore: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0
    client.query({
      submit: (connection: pg.Connection) => {
        connection.stream.write(
          Buffer.concat([
            protocolMessage('Q', Buffer.from(`${statement}\0`)),
            protocolMessage('d', batch),
            protocolMessage('c', Buffer.alloc(0)),
          ]),
        )
      },
      handleCopyInResponse: () => {},
      handleCommandComplete: (message: { text: string }) => {
        rows = Number(message.text.split(' ')[1] ?? 0)
      },
      // pg forgets a query at its error, so this is the last it hears.
      handleError: (error: Error) => reject(withLineOfAll(error, rowsBefore)),
      handleReadyForQuery: () => resolve(rows),
    } as unknown as pg.Submittable)
  })
}

/** PostgreSQL counts lines from the start of the batch; whoever wrote the data wants them of all. */
function withLineOfAll(error: Error, rowsBefore: number): Error {
  const where: unknown = Reflect.get(error, 'where')
  if (typeof where === 'string') {
    const counted = where.replace(
      /, line (\d+)/,
      (_, n: string) => `, line ${Number(n) + rowsBefore}`,
    )
    Reflect.set(error, 'where', counted)
  }
  return error
}

function protocolMessage(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(1 + LENGTH_BYTES)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + LENGTH_BYTES, 1)
  return Buffer.concat([head, body])
}
