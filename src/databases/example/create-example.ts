import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Session } from '../../db/index.js'
import { sql } from '../../db/index.js'
import { EXAMPLE_ROWS, EXAMPLE_SCHEMA } from './example-schema.js'

const ATTACHMENTS = 24

/**
 * Fills an empty database (with `pg_trgm`) and its filestore with a small invented business in the
 * shape of Odoo 16. The same content every time.
 */
export async function createExample(session: Session, filestore: string): Promise<void> {
  await session.execute(EXAMPLE_SCHEMA)
  await session.execute(EXAMPLE_ROWS)
  const files = Array.from({ length: ATTACHMENTS }, (_, n) => {
    const content = Buffer.from(`Attachment ${n}\n`.repeat(1 + n * 40))
    const checksum = createHash('sha1').update(content).digest('hex')
    return {
      name: `document-${n}.txt`,
      content,
      checksum,
      stored: `${checksum.slice(0, 2)}/${checksum}`,
    }
  })
  for (const { stored, content } of files) {
    const path = join(filestore, stored)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  await session.query(sql`
    INSERT INTO ir_attachment (name, store_fname, checksum, mimetype, file_size)
    SELECT * FROM unnest(${files.map((f) => f.name)}::text[], ${files.map((f) => f.stored)}::text[],
                         ${files.map((f) => f.checksum)}::text[],
                         ${files.map(() => 'text/plain')}::text[], ${files.map((f) => f.content.length)}::int[])`)
}
