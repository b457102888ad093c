import { type Session, sql } from '../../../db/index.js'
import type { Release } from '../../../odoo/release/index.js'
import { unknownModel } from '../guest-errors.js'
import type { ModelCatalog, StoredRelated, SystemTable } from '../model-catalog.js'
import type { ModelFacts, ModelSchema } from '../model-schema.js'
import { assembleSchema } from './assemble-schema.js'
import {
  type CatalogRows,
  type ColumnRow,
  type FieldRow,
  type InheritRow,
  type ModelRow,
  readCatalogRows,
  readSystemTables,
} from './catalog-rows.js'
import { tableCandidates } from './table-name.js'

const SYSTEM_TABLES: readonly SystemTable[] = [
  'ir_attachment',
  'ir_default',
  'ir_model_data',
  'ir_model_fields_selection',
  'ir_model_inherit',
  'ir_property',
  'ir_translation',
  'mail_activity',
  'mail_followers',
  'mail_message',
]

const NO_FACTS: ModelFacts = {}

/**
 * The models of a database, read when they are first asked for. `facts` are what the source says and the
 * database does not: domains of one2many fields, defaults, digits, tables of unusual names.
 */
export function readDatabaseCatalog(
  session: Session,
  release: Release,
  facts: ReadonlyMap<string, ModelFacts> = new Map(),
): ModelCatalog {
  return new DatabaseCatalog(session, release, facts)
}

class DatabaseCatalog implements ModelCatalog {
  readonly #session: Session
  readonly #release: Release
  readonly #facts: ReadonlyMap<string, ModelFacts>
  /** Undefined for a name that was asked for and does not exist. */
  readonly #models = new Map<string, ModelSchema | undefined>()
  #system: ReadonlySet<string> | undefined
  #names: readonly string[] | undefined
  #storedRelated: readonly StoredRelated[] | undefined

  constructor(session: Session, release: Release, facts: ReadonlyMap<string, ModelFacts>) {
    this.#session = session
    this.#release = release
    this.#facts = facts
  }

  async model(name: string): Promise<ModelSchema> {
    const schema = await this.find(name)
    if (schema === undefined) throw unknownModel(name)
    return schema
  }

  async find(name: string): Promise<ModelSchema | undefined> {
    await this.load([name])
    return this.#models.get(name)
  }

  async load(names: readonly string[]): Promise<void> {
    const missing = [...new Set(names)].filter((name) => !this.#models.has(name))
    if (missing.length === 0) return
    const system = await this.#systemTables()
    const candidates = new Map(missing.map((name) => [name, this.#tablesOf(name)]))
    const tables = [...candidates.values()].flat()
    const rows = await readCatalogRows(this.#session, missing, tables, (table) => system.has(table))
    const grouped = groupRows(rows)
    for (const name of missing) {
      const tables = candidates.get(name) ?? []
      this.#models.set(name, assemble(name, tables, this.#factsOf(name), grouped))
    }
  }

  async names(): Promise<readonly string[]> {
    if (this.#names !== undefined) return this.#names
    const { rows } = await this.#session.query<{ model: string }>(
      sql`SELECT model FROM ir_model ORDER BY model`,
    )
    this.#names = rows.map((row) => row.model)
    return this.#names
  }

  async has(table: SystemTable): Promise<boolean> {
    return (await this.#systemTables()).has(table)
  }

  async storedRelated(): Promise<readonly StoredRelated[]> {
    if (this.#storedRelated !== undefined) return this.#storedRelated
    const { rows } = await this.#session.query<{ model: string; field: string; path: string }>(sql`
      SELECT model, name AS field, related AS path FROM ir_model_fields
       WHERE related IS NOT NULL AND store AND ttype NOT IN ('one2many', 'many2many', 'binary')
       ORDER BY id`)
    this.#storedRelated = rows
    return rows
  }

  invalidate(): void {
    this.#models.clear()
    this.#system = undefined
    this.#names = undefined
    this.#storedRelated = undefined
  }

  async #systemTables(): Promise<ReadonlySet<string>> {
    this.#system ??= await readSystemTables(this.#session, SYSTEM_TABLES)
    return this.#system
  }

  #factsOf(model: string): ModelFacts {
    return this.#facts.get(model) ?? NO_FACTS
  }

  #tablesOf(model: string): readonly string[] {
    const { table } = this.#factsOf(model)
    return table === undefined ? tableCandidates(model, this.#release) : [table]
  }
}

interface GroupedRows {
  readonly models: ReadonlyMap<string, readonly ModelRow[]>
  readonly fields: ReadonlyMap<string, readonly FieldRow[]>
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>
  readonly inherits: ReadonlyMap<string, readonly InheritRow[]>
}

function groupRows(rows: CatalogRows): GroupedRows {
  return {
    models: groupBy(rows.models, ({ model }) => model),
    fields: groupBy(rows.fields, ({ model }) => model),
    columns: groupBy(rows.columns, ({ table }) => table),
    inherits: groupBy(rows.inherits, ({ model }) => model),
  }
}

function groupBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

function assemble(
  name: string,
  tables: readonly string[],
  facts: ModelFacts,
  rows: GroupedRows,
): ModelSchema | undefined {
  const row = rows.models.get(name)?.[0]
  if (row === undefined) return undefined
  const table = tables.find((one) => rows.columns.has(one))
  return assembleSchema({
    row,
    fields: rows.fields.get(name) ?? [],
    table,
    columns: table === undefined ? [] : (rows.columns.get(table) ?? []),
    inherits: new Map(rows.inherits.get(name)?.map(({ parent, link }) => [parent, link])),
    facts,
  })
}
