import { pipeline } from 'node:stream/promises'
import { from, to } from 'pg-copy-streams'
import type { CopyTransport } from '../client-session.js'

/** COPY over a real connection, with back-pressure both ways. */
export const streamingCopy: CopyTransport = {
  async copyIn(client, statement, data) {
    const sink = client.query(from(statement))
    await pipeline(data, sink)
    return sink.rowCount
  },
  copyOut(client, statement) {
    return client.query(to(statement))
  },
}
