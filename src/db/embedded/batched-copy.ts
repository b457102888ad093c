import type pg from 'pg'
import { to } from 'pg-copy-streams'
import type { CopyTransport } from '../client-session.js'

/** PGlite reads COPY data synchronously, so each COPY must hold all of its data in one message group. */
const BATCH_BYTES = 8 * 1024 * 1024
const NEWLINE = 0x0a
const BACKSLASH = 0x5c
const LENGTH_BYTES = 4

/** COPY to and from PGlite: input goes in batches of whole rows, each batch its own COPY statement. */
export const batchedCopy: CopyTransport = {
  async copyIn(client, statement, data) {
    const enclosed = client.getTransactionStatus() !== 'I'
    if (!enclosed) await client.query('BEGIN')
    try {
      const rows = await copyBatches(client, statement, data)
      if (!enclosed) await client.query('COMMIT')
      return rows
    } catch (error) {
      if (!enclosed) await client.query('ROLLBACK')
      throw error
    }
  },
  copyOut(client, statement) {
    return client.query(to(statement))
  },
}

async function copyBatches(
  client: pg.Client,
  statement: string,
  data: AsyncIterable<Uint8Array>,
): Promise<number> {
  let held: Uint8Array[] = []
  let size = 0
  let rows = 0
  let sent = false
  const flush = async (batch: Buffer): Promise<void> => {
    sent = true
    rows += await sendBatch(client, statement, batch)
  }
  for await (const chunk of data) {
    held.push(chunk)
    size += chunk.byteLength
    if (size < BATCH_BYTES) continue
    const bytes = Buffer.concat(held)
    const end = endOfLastRow(bytes)
    held = end < bytes.length ? [bytes.subarray(end)] : []
    size = bytes.length - end
    if (end > 0) await flush(bytes.subarray(0, end))
  }
  if (size > 0 || !sent) await flush(Buffer.concat(held))
  return rows
}

/** The offset behind the last newline that ends a row, which is one without a backslash before it. */
function endOfLastRow(bytes: Buffer): number {
  let at = bytes.lastIndexOf(NEWLINE)
  while (at > 0 && bytes[at - 1] === BACKSLASH) at = bytes.lastIndexOf(NEWLINE, at - 1)
  return at + 1
}

function sendBatch(client: pg.Client, statement: string, batch: Buffer): Promise<number> {
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
      handleError: reject,
      handleReadyForQuery: () => resolve(rows),
    } as unknown as pg.Submittable)
  })
}

function protocolMessage(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(1 + LENGTH_BYTES)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + LENGTH_BYTES, 1)
  return Buffer.concat([head, body])
}
