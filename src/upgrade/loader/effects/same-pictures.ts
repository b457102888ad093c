import { type Session, sql } from '../../../db/index.js'
import type { AttachmentWrite } from '../../../scripts/orm/index.js'

/** Tells whether two files are the same picture; supplied with what makes pictures smaller. */
export interface PictureComparison {
  isSame(left: Uint8Array, right: Uint8Array): Promise<boolean>
}

export interface SamePicturesScope extends PictureComparison {
  readonly session: Session
  /** Content of an attachment; fails for a file that is not there. */
  readonly read: (storeName: string) => Promise<Uint8Array>
}

/**
 * Pictures that were made smaller, with the file that is there already where it shows the same: encoders differ in
 * bytes, and the same picture twice would only fill the filestore. One statement.
 */
export async function withSamePictures(
  writes: readonly AttachmentWrite[],
  made: readonly AttachmentWrite[],
  { session, read, isSame }: SamePicturesScope,
): Promise<readonly AttachmentWrite[]> {
  const given = new Set(writes.map(({ content }) => content))
  const fresh = made.filter(({ content }) => content !== undefined && !given.has(content))
  if (fresh.length === 0) return made
  const wanted = JSON.stringify(fresh.map(({ model, field, id }) => ({ model, field, id })))
  const { rows } = await session.query<{ key: string; store: string }>(sql`
    SELECT concat_ws(' ', a.res_model, a.res_field, a.res_id) AS key, a.store_fname AS store
      FROM ir_attachment a
      JOIN jsonb_to_recordset(${wanted}::jsonb) AS w(model text, field text, id integer)
        ON a.res_model = w.model AND a.res_field = w.field AND a.res_id = w.id
     WHERE a.store_fname IS NOT NULL`)
  const stores = new Map(rows.map(({ key, store }) => [key, store]))
  const kept: AttachmentWrite[] = []
  for (const write of made) {
    const { model, field, id, content } = write
    const store = fresh.includes(write) ? stores.get(`${model} ${field} ${id}`) : undefined
    const before = store === undefined ? undefined : await read(store).catch(() => undefined)
    const stays = before !== undefined && content !== undefined && (await isSame(before, content))
    kept.push(stays ? { ...write, content: before } : write)
  }
  return kept
}
