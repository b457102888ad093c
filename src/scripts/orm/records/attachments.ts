import { type GuestValue, PyBytes } from '../../values/index.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { type AttachmentWrite, writeAttachmentRows } from './attachment-rows.js'
import type { RowValues } from './write.js'

/** Binary values that lie in attachments: in the filestore, or in the database where there is none at hand. */
export async function writeAttachments(
  scope: OrmScope,
  schema: ModelSchema,
  rows: readonly RowValues[],
): Promise<void> {
  const given = rows.flatMap((row) => writesOf(schema.model, row))
  if (given.length === 0) return
  const writes = (await scope.effects?.contents(scope, given)) ?? given
  const { files } = scope
  const store = files?.write === undefined ? undefined : { write: files.write.bind(files) }
  await writeAttachmentRows(scope.session, writes, { store, uid: scope.context.uid })
}

function writesOf(model: string, { ids, values }: RowValues): readonly AttachmentWrite[] {
  return [...values].flatMap(([field, value]) => {
    const content = bytesOf(value)
    return ids.map((id) => ({ model, field, id, content }))
  })
}

/** Odoo gives and takes binary values as base64. */
function bytesOf(value: GuestValue): Uint8Array | undefined {
  const text = value instanceof PyBytes ? Buffer.from(value.bytes).toString('latin1') : value
  if (typeof text !== 'string' || text === '') return undefined
  return Buffer.from(text, 'base64')
}
