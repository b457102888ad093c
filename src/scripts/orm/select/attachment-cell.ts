import { OutsideError } from '../../../base/index.js'
import { id, type Sql, sql } from '../../../db/index.js'
import type { AttachmentFiles } from '../orm-scope.js'
import type { FieldPlace } from './place.js'

/** The attachment that holds a binary value: `[store_fname, content as hex]`, as JSON. */
export function attachmentSql({ schema, field, alias }: FieldPlace): Sql {
  return sql`(SELECT jsonb_build_array(at.store_fname, encode(at.db_datas, 'hex'))::text
      FROM ir_attachment at
     WHERE at.res_model = ${schema.model} AND at.res_field = ${field.name}
       AND at.res_id = ${id(alias, 'id')} ORDER BY at.id LIMIT 1)`
}

/** The bytea text that Odoo's `read` gives for it: base64 of the content. */
export async function attachmentCell(
  files: AttachmentFiles | undefined,
  cell: string | null,
): Promise<string | null> {
  if (cell === null) return null
  const [name, hex] = JSON.parse(cell) as [string | null, string | null]
  const content = await contentOf(files, name, hex)
  if (content === undefined) return null
  const base64 = Buffer.from(content).toString('base64')
  return `\\x${Buffer.from(base64).toString('hex')}`
}

async function contentOf(
  files: AttachmentFiles | undefined,
  name: string | null,
  hex: string | null,
): Promise<Uint8Array | undefined> {
  if (name === null || name === '') return hex === null ? undefined : Buffer.from(hex, 'hex')
  if (files === undefined) {
    throw new OutsideError(
      'FILESTORE_NEEDED',
      `The value is in the file ${name} of the filestore`,
      {
        hint: 'Give the filestore of the database (--data-dir), or leave the binary field out.',
      },
    )
  }
  return files.read(name)
}
