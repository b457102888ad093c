import { id, type Session, sql } from '../../../../db/index.js'
import type { NewIds } from '../new-ids.js'
import type { PendingLinks } from '../pending-record.js'

interface Merged {
  readonly relation: PendingLinks
  isReset: boolean
  readonly add: Set<number>
  readonly remove: Set<number>
}

/** Writes the rows of relation tables, one statement for each table. */
export async function writeLinks(
  session: Session,
  links: readonly PendingLinks[],
  ids: NewIds,
): Promise<void> {
  const tables = new Map<string, Map<number, Merged>>()
  for (const link of links) {
    const key = `${link.table} ${link.column1} ${link.column2}`
    const records = tables.get(key) ?? new Map<number, Merged>()
    tables.set(key, records)
    const number = ids.real(link.id)
    const merged: Merged = records.get(number) ?? {
      relation: link,
      isReset: false,
      add: new Set(),
      remove: new Set(),
    }
    records.set(number, merged)
    merge(merged, link, ids)
  }
  for (const records of tables.values()) await writeTable(session, records)
}

function merge(merged: Merged, link: PendingLinks, ids: NewIds): void {
  if (link.isReset) {
    merged.isReset = true
    merged.add.clear()
    merged.remove.clear()
  }
  for (const one of link.remove.map((number) => ids.real(number))) {
    merged.remove.add(one)
    merged.add.delete(one)
  }
  for (const one of link.add.map((number) => ids.real(number))) {
    merged.add.add(one)
    merged.remove.delete(one)
  }
}

async function writeTable(session: Session, records: ReadonlyMap<number, Merged>): Promise<void> {
  const [first] = records.values()
  if (first === undefined) return
  const { table, column1, column2 } = first.relation
  const given = JSON.stringify(
    [...records].map(([number, { isReset, add, remove }]) => ({
      id: number,
      reset: isReset,
      added: [...add],
      removed: [...remove],
    })),
  )
  const [own, other] = [id('l', column1), id('l', column2)]
  await session.query(sql`
    WITH w AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${given}::jsonb)
           AS w(id integer, reset boolean, added integer[], removed integer[])),
    gone AS (
      DELETE FROM ${id(table)} l USING w
       WHERE ${own} = w.id
         AND (${other} = ANY(w.removed) OR (w.reset AND NOT ${other} = ANY(w.added))))
    INSERT INTO ${id(table)} (${id(column1)}, ${id(column2)})
    SELECT w.id, a.id FROM w, unnest(w.added) WITH ORDINALITY AS a(id, n)
     WHERE NOT EXISTS (SELECT FROM ${id(table)} l WHERE ${own} = w.id AND ${other} = a.id)
     ORDER BY w.id, a.n
    ON CONFLICT DO NOTHING`)
}
