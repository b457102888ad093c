import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Session, sql } from '../../db/index.js'

/** A file of an example, perhaps one that belongs to a record. */
export interface ExampleFile {
  readonly name: string
  readonly content: Buffer
  readonly model?: string
  readonly id?: number
}

/** Writes files into a filestore, and the rows of `ir_attachment` that name them. */
export async function writeAttachments(
  session: Session,
  filestore: string,
  files: readonly ExampleFile[],
): Promise<void> {
  const rows = files.map(({ content, ...file }) => {
    const checksum = createHash('sha1').update(content).digest('hex')
    const stored = `${checksum.slice(0, 2)}/${checksum}`
    return { ...file, content, checksum, stored }
  })
  for (const { stored, content } of rows) {
    const path = join(filestore, stored)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  await session.query(sql`
    INSERT INTO ir_attachment (name, res_model, res_id, type, store_fname, checksum, mimetype, file_size)
    SELECT name, res_model, res_id, 'binary', store_fname, checksum, 'text/plain', file_size
      FROM unnest(${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.model ?? null)}::text[],
                  ${rows.map((row) => row.id ?? null)}::int[], ${rows.map((row) => row.stored)}::text[],
                  ${rows.map((row) => row.checksum)}::text[], ${rows.map((row) => row.content.length)}::int[])
           WITH ORDINALITY AS file(name, res_model, res_id, store_fname, checksum, file_size, nth)
     ORDER BY nth`)
}
