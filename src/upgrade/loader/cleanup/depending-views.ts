import { type Session, sql } from '../../../db/index.js'

/** A view below one that goes. */
export interface ChildView {
  readonly id: number
  readonly name: string
  readonly active: boolean
  /** Nearest view above that stays; undefined where none does. */
  readonly ancestor: number | undefined
}

/** Views below those that go and are not among them, in one statement. */
export async function childViews(
  ids: readonly number[],
  session: Session,
): Promise<readonly ChildView[]> {
  const { rows } = await session.query<{
    id: number
    name: string
    active: boolean
    ancestor: number | null
  }>(sql`
    WITH RECURSIVE above AS (
      SELECT id AS gone, inherit_id AS up FROM ir_ui_view WHERE id = ANY(${ids}::int[])
      UNION ALL
      SELECT a.gone, v.inherit_id FROM above a JOIN ir_ui_view v ON v.id = a.up WHERE v.id = ANY(${ids}::int[])),
    stays AS (SELECT gone, max(up) AS ancestor FROM above WHERE NOT up = ANY(${ids}::int[]) GROUP BY gone),
    below AS (
      SELECT v.id, v.inherit_id AS gone, v.active FROM ir_ui_view v
       WHERE v.inherit_id = ANY(${ids}::int[]) AND NOT v.id = ANY(${ids}::int[]))
    SELECT b.id, coalesce(to_jsonb(v) ->> 'name', '') AS name, b.active, s.ancestor
      FROM below b JOIN ir_ui_view v ON v.id = b.id LEFT JOIN stays s ON s.gone = b.gone
     ORDER BY b.id`)
  return rows.map(({ ancestor, ...row }) => ({ ...row, ancestor: ancestor ?? undefined }))
}

/** All views below, down to the last; as Odoo takes them with it: only active ones. */
export async function activeDescendants(
  ids: readonly number[],
  session: Session,
): Promise<readonly number[]> {
  const { rows } = await session.query<{ id: number }>(sql`
    WITH RECURSIVE below AS (
      SELECT id FROM ir_ui_view WHERE inherit_id = ANY(${ids}::int[]) AND active
      UNION
      SELECT v.id FROM ir_ui_view v JOIN below b ON v.inherit_id = b.id WHERE v.active)
    SELECT id FROM below WHERE NOT id = ANY(${ids}::int[]) ORDER BY id`)
  return rows.map(({ id }) => id)
}

/** Hangs views below the nearest one that stays, and archives them. */
export async function archiveViews(views: readonly ChildView[], session: Session): Promise<void> {
  const given = JSON.stringify(views.map(({ id, ancestor = null }) => ({ id, ancestor })))
  await session.query(sql`
    UPDATE ir_ui_view v
       SET active = false, inherit_id = w.ancestor, write_date = now() AT TIME ZONE 'UTC',
           mode = CASE WHEN w.ancestor IS NULL THEN 'primary' ELSE v.mode END
      FROM jsonb_to_recordset(${given}::jsonb) AS w(id integer, ancestor integer)
     WHERE v.id = w.id`)
}
