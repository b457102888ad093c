import { pipeline } from 'node:stream/promises'
import { from } from 'pg-copy-streams'
import type { CopyIn } from '../client-session.js'

/** COPY into a real connection, at the server's pace. */
export const streamedCopy: CopyIn = async (client, statement, data) => {
  const sink = client.query(from(statement))
  await pipeline(data, sink)
  return sink.rowCount
}
