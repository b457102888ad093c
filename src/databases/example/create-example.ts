import type { Session } from '../../db/index.js'
import { EXAMPLE_ROWS, EXAMPLE_SCHEMA } from './example-schema.js'
import { writeAttachments } from './write-attachments.js'

const ATTACHMENTS = 24

/**
 * Fills an empty database (with `pg_trgm`) and its filestore with a small invented business in the
 * shape of Odoo 16. The same content every time.
 */
export async function createExample(session: Session, filestore: string): Promise<void> {
  await session.execute(EXAMPLE_SCHEMA)
  await session.execute(EXAMPLE_ROWS)
  const files = Array.from({ length: ATTACHMENTS }, (_, n) => ({
    name: `document-${n}.txt`,
    content: Buffer.from(`Attachment ${n}\n`.repeat(1 + n * 40)),
  }))
  await writeAttachments(session, filestore, files)
}
