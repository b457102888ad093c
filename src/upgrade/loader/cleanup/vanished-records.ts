import { id, join, lit, type Session, sql } from '../../../db/index.js'
import { hasTable, type RegistryModel } from '../../../odoo/registry/index.js'
import type { LoaderHop } from '../loader-part.js'

/** An external identifier whose record is no longer part of any data file. */
export interface Vanished {
  /** Of the row in `ir_model_data`. */
  readonly row: number
  readonly xmlId: string
  readonly model: RegistryModel
  readonly id: number
}

/** What is to go: records, and external identifiers without them. */
export interface VanishedRecords {
  /** Newest external identifier first. */
  readonly records: readonly Vanished[]
  /** Rows of `ir_model_data` whose records stay, or are gone already. */
  readonly names: readonly number[]
}

interface NameRow extends Record<string, unknown> {
  readonly id: number
  readonly name: string
  readonly model: string
  readonly res_id: number
}

/**
 * Finds what the data files of modules no longer name (`ir.model.data._process_end`), in four statements and one
 * for each model that others delegate to.
 */
export async function vanishedRecords(
  modules: readonly string[],
  hop: LoaderHop,
  session: Session,
): Promise<VanishedRecords> {
  const { rows } = await session.query<NameRow>(sql`
    SELECT id, module || '.' || name AS name, model, res_id FROM ir_model_data
     WHERE module = ANY(${modules}::text[]) AND res_id IS NOT NULL AND NOT coalesce(noupdate, false)
     ORDER BY id DESC`)
  const doomed = rows.flatMap(({ id: row, name, model: kind, res_id }): readonly Vanished[] => {
    const model = hop.registry.models.get(kind)
    if (hop.xmlIds.has(name) || model === undefined || model.kind === 'abstract') return []
    return [{ row, xmlId: name, model, id: res_id }]
  })
  const kept = await delegatedTo(doomed, hop, session)
  const open = doomed.filter((one) => !kept.has(keyOf(one)))
  const others = await otherNames(open, session)
  const there = await existing(open, session)
  const records: Vanished[] = []
  const names: number[] = []
  for (const one of open) {
    const left = others.get(keyOf(one)) ?? new Set()
    left.delete(one.row)
    if (left.size > 0 || !there.has(keyOf(one))) names.push(one.row)
    else records.push(one)
  }
  return { records, names }
}

function keyOf({ model, id: number }: Vanished): string {
  return `${model.name},${number}`
}

/** Records that a loaded record delegates to. */
async function delegatedTo(
  doomed: readonly Vanished[],
  { registry, xmlIds }: LoaderHop,
  session: Session,
): Promise<ReadonlySet<string>> {
  const kept = new Set<string>()
  const parents = new Map<string, number[]>()
  for (const one of doomed) {
    parents.set(one.model.name, [...(parents.get(one.model.name) ?? []), one.id])
  }
  for (const child of registry.models.values()) {
    if (!hasTable(child)) continue
    for (const [parent, link] of child.inherits) {
      const ids = parents.get(parent)
      if (ids === undefined || child.fields.get(link)?.column === undefined) continue
      const { rows } = await session.query<{ parent: number; name: string }>(sql`
        SELECT ${id('c', link)} AS parent, d.module || '.' || d.name AS name
          FROM ${id(child.table)} c JOIN ir_model_data d ON d.model = ${child.name} AND d.res_id = c.id
         WHERE ${id('c', link)} = ANY(${ids}::int[])`)
      for (const row of rows) if (xmlIds.has(row.name)) kept.add(`${parent},${row.parent}`)
    }
  }
  return kept
}

/** Rows of `ir_model_data` by record. */
async function otherNames(
  doomed: readonly Vanished[],
  session: Session,
): Promise<ReadonlyMap<string, Set<number>>> {
  const given = JSON.stringify(
    doomed.map(({ model, id: number }) => ({ m: model.name, i: number })),
  )
  const { rows } = await session.query<NameRow>(sql`
    SELECT d.id, d.model, d.res_id FROM ir_model_data d
      JOIN (SELECT DISTINCT m, i FROM jsonb_to_recordset(${given}::jsonb) AS w(m text, i integer)) w
        ON d.model = w.m AND d.res_id = w.i`)
  const names = new Map<string, Set<number>>()
  for (const { id: row, model, res_id } of rows) {
    const key = `${model},${res_id}`
    names.set(key, (names.get(key) ?? new Set()).add(row))
  }
  return names
}

async function existing(
  doomed: readonly Vanished[],
  session: Session,
): Promise<ReadonlySet<string>> {
  const models = new Map<RegistryModel, number[]>()
  for (const one of doomed) models.set(one.model, [...(models.get(one.model) ?? []), one.id])
  const parts = [...models].flatMap(([model, ids]) =>
    hasTable(model)
      ? [
          sql`SELECT ${lit(model.name)} AS model, id FROM ${id(model.table)} WHERE id = ANY(${ids}::int[])`,
        ]
      : [],
  )
  if (parts.length === 0) return new Set()
  const { rows } = await session.query<{ model: string; id: number }>(join(parts, ' UNION ALL '))
  return new Set(rows.map(({ model, id: number }) => `${model},${number}`))
}
