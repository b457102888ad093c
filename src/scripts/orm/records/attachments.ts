import { createHash } from 'node:crypto'
import { id, join, raw, type Sql, sql } from '../../../db/index.js'
import { type GuestValue, PyBytes } from '../../values/index.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { logColumns } from './log-columns.js'
import type { RowValues } from './write.js'

interface Content {
  readonly id: number
  readonly field: string
  readonly bytes: Buffer
}

/**
 * Binary values that lie in attachments: the old attachment goes, a new one has the content in the database, where
 * Odoo reads it as well as in its filestore.
 */
export async function writeAttachments(
  scope: OrmScope,
  schema: ModelSchema,
  rows: readonly RowValues[],
): Promise<void> {
  const fields = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))]
  if (fields.length === 0) return
  const pairs = rows.flatMap(({ ids, values }) =>
    ids.flatMap((one) => [...values.keys()].map((field) => [field, one] as const)),
  )
  await scope.session.query(sql`
    DELETE FROM ir_attachment a USING unnest(${pairs.map(([field]) => field)}::text[],
                                             ${pairs.map(([, one]) => one)}::int[]) AS v(field, id)
     WHERE a.res_model = ${schema.model} AND a.res_field = v.field AND a.res_id = v.id`)
  const contents = rows.flatMap((row) => contentsOf(row))
  if (contents.length > 0) await insertContents(scope, schema, contents)
}

function contentsOf({ ids, values }: RowValues): readonly Content[] {
  return [...values].flatMap(([field, value]) => {
    const bytes = bytesOf(value)
    return bytes === undefined ? [] : ids.map((one) => ({ id: one, field, bytes }))
  })
}

/** Odoo gives and takes binary values as base64. */
function bytesOf(value: GuestValue): Buffer | undefined {
  const text = value instanceof PyBytes ? Buffer.from(value.bytes).toString('latin1') : value
  if (typeof text !== 'string' || text === '') return undefined
  return Buffer.from(text, 'base64')
}

async function insertContents(
  scope: OrmScope,
  schema: ModelSchema,
  contents: readonly Content[],
): Promise<void> {
  const columns: Readonly<Record<string, Sql>> = {
    name: sql`${contents.map(({ field }) => field)}::text[]`,
    res_field: sql`${contents.map(({ field }) => field)}::text[]`,
    res_id: sql`${contents.map((one) => one.id)}::int[]`,
    res_model: sql`${contents.map(() => schema.model)}::text[]`,
    type: sql`${contents.map(() => 'binary')}::text[]`,
    db_datas: sql`${contents.map(({ bytes }) => bytes)}::bytea[]`,
    checksum: sql`${contents.map(({ bytes }) => createHash('sha1').update(bytes).digest('hex'))}::text[]`,
    file_size: sql`${contents.map(({ bytes }) => bytes.length)}::int[]`,
    mimetype: sql`${contents.map(({ bytes }) => mimetypeOf(bytes))}::text[]`,
  }
  const attachments = await scope.catalog.model('ir.attachment')
  const used = Object.entries(columns).filter(([name]) => attachments.columns.has(name))
  const log = logColumns(attachments, scope.context, [
    'create_uid',
    'create_date',
    'write_uid',
    'write_date',
  ])
  const names = used.map(([name]) => name)
  await scope.session.query(sql`
    INSERT INTO ir_attachment (${join([...names.map((name) => id(name)), ...log.map((one) => one.column)])})
    SELECT ${join([...names.map((name) => id('v', name)), ...log.map((one) => one.value)])}
      FROM unnest(${join(used.map(([, array]) => array))})
           WITH ORDINALITY AS v(${raw([...names, 'n'].join(', '))})
     ORDER BY v.n`)
}

const SIGNATURES: readonly (readonly [start: string, mimetype: string])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['47494638', 'image/gif'],
  ['25504446', 'application/pdf'],
  ['504b0304', 'application/zip'],
]

function mimetypeOf(bytes: Buffer): string {
  const start = bytes.subarray(0, 16).toString('hex')
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature))
  if (known !== undefined) return known[1]
  const isWebp =
    bytes.subarray(0, 4).toString('latin1') === 'RIFF' &&
    bytes.subarray(8, 12).toString('latin1') === 'WEBP'
  return isWebp ? 'image/webp' : 'application/octet-stream'
}
