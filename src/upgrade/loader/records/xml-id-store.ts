import { id, join, lit, type Session, sql } from '../../../db/index.js'
import { hasTable } from '../../../odoo/registry/index.js'
import type { ModelRegistry } from '../loader-source.js'

/** What an external identifier stands for. */
export interface XmlIdTarget {
  readonly model: string
  readonly id: number
  readonly noupdate: boolean
  /** The record is there; known of those that a data file writes. */
  readonly exists: boolean
}

/** External identifiers were asked for that nobody has looked up. */
export class UnlearntXmlId extends Error {
  readonly xmlId: string

  constructor(xmlId: string) {
    super(xmlId)
    this.xmlId = xmlId
  }
}

/** What external identifiers stand for, at one module's turn. */
export class XmlIdStore {
  readonly #known = new Map<string, XmlIdTarget | undefined>()

  /** Looks up what is not known yet, in two statements. */
  async learn(session: Session, registry: ModelRegistry, xmlIds: Iterable<string>): Promise<void> {
    const wanted = [...new Set(xmlIds)].filter((one) => !this.#known.has(one))
    if (wanted.length === 0) return
    const { rows } = await session.query<{
      name: string
      model: string
      res_id: number | null
      noupdate: boolean | null
    }>(sql`
      SELECT d.module || '.' || d.name AS name, d.model, d.res_id, d.noupdate
        FROM jsonb_to_recordset(${JSON.stringify(wanted.map(partsOf))}::jsonb) AS w(m text, n text)
        JOIN ir_model_data d ON d.module = w.m AND d.name = w.n`)
    for (const xmlId of wanted) this.#known.set(xmlId, undefined)
    const there = await existing(session, registry, rows)
    for (const { name, model, res_id, noupdate } of rows) {
      if (res_id === null) continue
      const exists = there.get(model)?.has(res_id) ?? true
      this.#known.set(name, { model, id: res_id, noupdate: noupdate === true, exists })
    }
  }

  /** Throws {@link UnlearntXmlId} for one that was not looked up. */
  find(xmlId: string): XmlIdTarget | undefined {
    if (!this.#known.has(xmlId)) throw new UnlearntXmlId(xmlId)
    return this.#known.get(xmlId)
  }

  set(xmlId: string, target: XmlIdTarget): void {
    this.#known.set(xmlId, target)
  }

  /** What is known of a model's records may have changed. */
  unlearn(model: string): void {
    for (const [xmlId, target] of this.#known) {
      if (target?.model === model && target.id > 0) this.#known.delete(xmlId)
    }
  }

  /** All identifiers of a record are forgotten with it. */
  forget(model: string, ids: ReadonlySet<number>): void {
    for (const [xmlId, target] of this.#known) {
      if (target?.model === model && ids.has(target.id)) this.#known.set(xmlId, undefined)
    }
  }
}

function partsOf(xmlId: string): { readonly m: string; readonly n: string } {
  const dot = xmlId.indexOf('.')
  return { m: xmlId.slice(0, dot), n: xmlId.slice(dot + 1) }
}

async function existing(
  session: Session,
  registry: ModelRegistry,
  rows: readonly { readonly model: string; readonly res_id: number | null }[],
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const byModel = new Map<string, number[]>()
  for (const { model, res_id } of rows) {
    const known = registry.models.get(model)
    if (res_id === null || known === undefined || !hasTable(known)) continue
    byModel.set(model, [...(byModel.get(model) ?? []), res_id])
  }
  if (byModel.size === 0) return new Map()
  const parts = [...byModel].map(([model, ids]) => {
    const table = registry.models.get(model)?.table ?? ''
    return sql`SELECT ${lit(model)} AS model, id FROM ${id(table)} WHERE id = ANY(${ids}::int[])`
  })
  const found = await session.query<{ model: string; id: number }>(join(parts, ' UNION ALL '))
  const there = new Map<string, Set<number>>([...byModel.keys()].map((name) => [name, new Set()]))
  for (const row of found.rows) there.get(row.model)?.add(row.id)
  return there
}
