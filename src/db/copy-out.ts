import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { to } from 'pg-copy-streams'

/**
 * Reads `COPY … TO STDOUT` at the reader's pace. When the reader stops early, `cancel` asks the server
 * to stop too, and what it has sent already is thrown away, so that the connection can be used again.
 */
export async function* readCopy(
  client: pg.Client,
  statement: string,
  cancel: (() => Promise<void>) | undefined,
): AsyncGenerator<Uint8Array> {
  const source: Readable = client.query(to(statement))
  let over = false
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) yield chunk
    over = true
  } catch (error) {
    over = true
    throw error
  } finally {
    if (!over) await discardRest(source, cancel)
  }
}

async function discardRest(source: Readable, cancel: (() => Promise<void>) | undefined) {
  // Ends with the error that answers the cancellation, or normally when that came too late.
  const ended = finished(source).catch(() => {})
  source.resume()
  await cancel?.()
  await ended
}
