import { createHash } from 'node:crypto'
import { type Session, sql } from '../../../db/index.js'

/** Where the content of attachments is kept: the filestore of the database that is upgraded. */
export interface FileStore {
  /** Keeps content under its name (`ab/abcdef…`); one that is there stays. */
  write(storeName: string, content: Uint8Array): Promise<void>
  /** Content that is there; fails for what is not. */
  read?(storeName: string): Promise<Uint8Array>
}

/** The content of a binary field, or that it has none. */
export interface AttachmentWrite {
  readonly model: string
  readonly field: string
  readonly id: number
  readonly content: Uint8Array | undefined
}

/** What the columns of an attachment say about its content. */
export interface ContentFacts {
  readonly checksum: string
  readonly file_size: number
  readonly mimetype: string
  readonly store_fname: string | null
  readonly index_content: string | null
  /** Hexadecimal, where there is no filestore. */
  readonly db_datas: string | null
}

/** Keeps content, and tells what its attachment's columns say. */
export async function storeContent(
  content: Uint8Array,
  name: string,
  store: FileStore | undefined,
): Promise<ContentFacts> {
  const checksum = createHash('sha1').update(content).digest('hex')
  const mimetype = mimetypeOf(content, name)
  const storeName = `${checksum.slice(0, 2)}/${checksum}`
  await store?.write(storeName, content)
  return {
    checksum,
    file_size: content.length,
    mimetype,
    store_fname: store === undefined ? null : storeName,
    index_content: mimetype.startsWith('text/')
      ? wordsOf(content)
      : (mimetype.split('/')[0] ?? null),
    db_datas: store === undefined ? `\\x${Buffer.from(content).toString('hex')}` : null,
  }
}

/** Writes the attachments of binary fields: new ones, changed ones, and those that go. Two statements. */
export async function writeAttachmentRows(
  session: Session,
  writes: readonly AttachmentWrite[],
  { store, uid = 1 }: { readonly store: FileStore | undefined; readonly uid?: number },
): Promise<void> {
  if (writes.length === 0) return
  const rows = []
  for (const { model, field, id, content } of writes) {
    const facts = content === undefined ? undefined : await storeContent(content, field, store)
    rows.push({ model, field, id, gone: content === undefined, ...facts })
  }
  const given = JSON.stringify(rows)
  await session.query(sql`
    WITH w AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS w(
           model text, field text, id integer, gone boolean, checksum text, file_size integer,
           mimetype text, store_fname text, index_content text, db_datas bytea)),
    gone AS (
      DELETE FROM ir_attachment a USING w
       WHERE w.gone AND a.res_model = w.model AND a.res_field = w.field AND a.res_id = w.id)
    UPDATE ir_attachment a
       SET checksum = w.checksum, file_size = w.file_size, mimetype = w.mimetype, type = 'binary',
           store_fname = w.store_fname, index_content = w.index_content, db_datas = w.db_datas,
           write_uid = ${uid}::int, write_date = now() AT TIME ZONE 'UTC'
      FROM w
     WHERE NOT w.gone AND a.res_model = w.model AND a.res_field = w.field AND a.res_id = w.id`)
  await session.query(sql`
    INSERT INTO ir_attachment (name, type, res_model, res_field, res_id, company_id, public, checksum, file_size,
           mimetype, store_fname, index_content, db_datas, create_uid, write_uid, create_date, write_date)
    SELECT w.field, 'binary', w.model, w.field, w.id, (SELECT company_id FROM res_users WHERE id = ${uid}::int), false,
           w.checksum, w.file_size, w.mimetype, w.store_fname, w.index_content, w.db_datas,
           ${uid}::int, ${uid}::int, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM jsonb_to_recordset(${given}::jsonb) AS w(
           model text, field text, id integer, gone boolean, checksum text, file_size integer,
           mimetype text, store_fname text, index_content text, db_datas bytea)
     WHERE NOT w.gone AND NOT EXISTS (
       SELECT FROM ir_attachment a
        WHERE a.res_model = w.model AND a.res_field = w.field AND a.res_id = w.id)`)
}

const SIGNATURES: readonly (readonly [mimetype: string, bytes: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image/x-icon', [0x00, 0x00, 0x01, 0x00]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
]
const EXTENSIONS: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  js: 'application/javascript',
  json: 'application/json',
  scss: 'text/scss',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'application/xml',
}

/** By the content, then by the name (odoo/tools/mimetypes.py). */
export function mimetypeOf(content: Uint8Array, name: string): string {
  const found = SIGNATURES.find(([, bytes]) => bytes.every((byte, at) => content[at] === byte))
  if (found !== undefined) return found[0]
  const start = new TextDecoder('latin1').decode(content.subarray(0, 1024))
  if (/<svg[\s>]/.test(start)) return 'image/svg+xml'
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp'
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return (
    EXTENSIONS[extension] ??
    (/^[\t\n\r\x20-\x7e]*$/.test(start) ? 'text/plain' : 'application/octet-stream')
  )
}

/** Words of four letters and more, one on a line (`_index`). */
function wordsOf(content: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(content)
  return (text.match(/[\x20-\x7e\t]{4,}/g) ?? []).join('\n')
}
