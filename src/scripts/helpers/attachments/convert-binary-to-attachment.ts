import { createHash } from 'node:crypto'
import { id, type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { legacyName } from '../schema/legacy-name.js'
import { tableOf } from '../schema/model-table.js'
import { unquotedName } from '../schema/sql-names.js'
import { guessMimetype } from './guess-mimetype.js'

const BATCH = 100

/** A binary field whose contents, in base64, lie in a column still. */
export interface BinaryColumn {
  readonly model: string
  readonly field: string
  /** Undefined: the field's legacy name. */
  readonly column?: string
}

interface BinaryRow extends Record<string, unknown> {
  readonly id: number
  readonly data: string
}

interface Content {
  readonly record: number
  readonly bytes: Buffer
  readonly checksum: string
  readonly mimetype: string
}

/**
 * Makes an attachment of each content and drops the column. Contents go to the attachments' files where the
 * context has them, and into the database otherwise; equal ones are kept once.
 */
export async function convertBinaryToAttachment(
  context: HelperContext,
  columns: readonly BinaryColumn[],
): Promise<void> {
  for (const given of columns) {
    const table = id(await tableOf(context, given.model))
    const column = id(unquotedName(given.column ?? legacyName(context.release, given.field)))
    context.log(
      'info',
      `Converting to attachment field ${given.field} from model ${given.model} stored in column ${column.text}`,
    )
    await convertRows(context, given, table, column)
    await context.session.query(sql`ALTER TABLE ${table} DROP COLUMN ${column}`)
  }
  context.schemaChanged?.()
}

async function convertRows(
  context: HelperContext,
  given: BinaryColumn,
  table: Sql,
  column: Sql,
): Promise<void> {
  // Odoo keeps base64 in such columns, whether they are bytea or text.
  const rows = sql`
    SELECT id, convert_from(${column}::bytea, 'LATIN1') AS data FROM ${table} WHERE ${column} IS NOT NULL ORDER BY id`
  for await (const batch of context.session.stream<BinaryRow>(rows, BATCH)) {
    const contents = batch.filter((row) => row.data !== '' && row.data !== 'None').map(readContent)
    await writeFiles(context, contents)
    if (contents.length > 0) await insertAttachments(context, given, contents)
  }
}

function readContent(row: BinaryRow): Content {
  const bytes = Buffer.from(row.data, 'base64')
  return {
    record: row.id,
    bytes,
    checksum: createHash('sha1').update(bytes).digest('hex'),
    mimetype: guessMimetype(bytes),
  }
}

async function writeFiles(context: HelperContext, contents: readonly Content[]): Promise<void> {
  const different = new Map(contents.map((content) => [content.checksum, content]))
  for (const { checksum, bytes } of different.values()) {
    await context.attachments?.write(storeName(checksum), bytes)
  }
}

async function insertAttachments(
  context: HelperContext,
  { model, field }: BinaryColumn,
  contents: readonly Content[],
): Promise<void> {
  const filed = context.attachments !== undefined
  const stored = contents.map(({ checksum }) => (filed ? storeName(checksum) : null))
  const kept = contents.map(({ bytes }) => (filed ? null : bytes.toString('base64')))
  await context.session.query(sql`
    INSERT INTO ir_attachment (name, res_model, res_field, res_id, type, mimetype, checksum, file_size,
                               index_content, store_fname, db_datas, create_uid, write_uid, create_date, write_date)
    SELECT ${field}::text, ${model}::text, ${field}::text, record, 'binary', mimetype, checksum, size, words,
           store, decode(kept, 'base64'), 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM unnest(${contents.map((one) => one.record)}::int[], ${contents.map((one) => one.mimetype)}::text[],
                  ${contents.map((one) => one.checksum)}::text[], ${contents.map((one) => one.bytes.length)}::int[],
                  ${contents.map(indexContent)}::text[], ${stored}::text[], ${kept}::text[])
           content(record, mimetype, checksum, size, words, store, kept)`)
}

function storeName(checksum: string): string {
  return `${checksum.slice(0, 2)}/${checksum}`
}

/** What Odoo's search in attachments finds: words of texts, and the kind of everything else. */
function indexContent({ bytes, mimetype }: Content): string {
  const kind = mimetype.split('/')[0] ?? ''
  if (kind !== 'text') return kind
  return (bytes.toString('latin1').match(/[\x20-\x7e]{4,}/g) ?? []).join('\n')
}
