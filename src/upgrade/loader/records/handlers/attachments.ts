import { sql } from '../../../../db/index.js'
import { mimetypeOf, storeContent } from '../../../../scripts/orm/index.js'
import { isBinary } from '../pending-record.js'
import type { ModelHandler } from './model-handler.js'

const CONTENT = ['datas', 'raw'] as const

/** Attachments: what is known of their content (odoo/addons/base/models/ir_attachment.py). */
export const attachmentHandler: ModelHandler = {
  models: 'ir.attachment',
  defaults: ['access_token'],
  prepare({ values, id, isNew }, turn) {
    if (isNew && !values.has('mimetype') && !CONTENT.some((name) => values.has(name))) {
      const named = values.get('url') || values.get('name')
      values.set('mimetype', mimetypeOf(new Uint8Array(), typeof named === 'string' ? named : ''))
    }
    for (const name of CONTENT) {
      const value = values.get(name)
      values.delete(name)
      if (!isBinary(value)) continue
      turn.attachmentContents.set(id, value.content)
    }
  },
  async after(records, turn) {
    const rows = []
    for (const record of records) {
      const content = turn.attachmentContents.get(record.id)
      if (content === undefined) continue
      const name = record.values.get('name')
      const facts = await storeContent(content, typeof name === 'string' ? name : '', turn.store)
      rows.push({ id: turn.ids.real(record.id), ...facts })
      turn.attachmentContents.delete(record.id)
    }
    if (rows.length === 0) return
    await turn.scope.session.query(sql`
      UPDATE ir_attachment a
         SET checksum = w.checksum, file_size = w.file_size, mimetype = w.mimetype,
             store_fname = w.store_fname, index_content = w.index_content, db_datas = w.db_datas
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w(id integer, checksum text,
             file_size integer, mimetype text, store_fname text, index_content text, db_datas bytea)
       WHERE a.id = w.id`)
  },
}
