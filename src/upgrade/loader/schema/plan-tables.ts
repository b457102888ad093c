import { id, join, lit, raw, type Sql, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import { type ColumnValue, defaultValue } from './column-value.js'
import { type LiveColumn, type LiveTable, noteColumn } from './live-schema.js'
import { type PlanDraft, type StoredField, storedFields } from './plan-draft.js'
import { fillRelated } from './related-fill.js'
import { indexName, plainIndexName } from './schema-names.js'
import { typeChange } from './type-change.js'

/** Plans the table of a model: it is created, or its columns are brought up to the release. */
export function planTable(model: RegistryModel, draft: PlanDraft): void {
  const table = draft.live.tables.get(model.table)
  const fields = storedFields(model, draft.rules)
  if (table === undefined) {
    createTable(model, fields, draft)
    return
  }
  const change = new TableChange(model, table, draft)
  if (model.parentStore) change.addParentPath()
  change.freeUnknown(new Set(fields.map(({ column }) => column.name)))
  for (const stored of fields) if (!stored.field.manual) change.bringUp(stored)
  change.finish()
}

function createTable(model: RegistryModel, fields: readonly StoredField[], draft: PlanDraft): void {
  const table = id(model.table)
  const specs = fields.map(
    ({ column }) =>
      sql`${id(column.name)} ${raw(column.ddlType)}${raw(column.notNull ? ' NOT NULL' : '')}`,
  )
  const columns = join([raw('id SERIAL NOT NULL'), ...specs, raw('PRIMARY KEY(id)')])
  draft.structure.push(sql`CREATE TABLE ${table} (${columns})`)
  if (model.description !== '') {
    draft.structure.push(sql`COMMENT ON TABLE ${table} IS ${lit(model.description)}`)
  }
  for (const { column } of fields)
    comment(model.table, column.name, column.comment, draft.structure)
  draft.live.tables.set(model.table, {
    kind: 'table',
    columns: new Map([
      idColumn,
      ...fields.map(({ column }) => [column.name, liveOf(column)] as const),
    ]),
    constraints: new Map(),
    foreignKeys: new Map(),
    children: [],
  })
}

const idColumn = ['id', { type: 'int4', size: undefined, notNull: true }] as const

/** The changes of one table that is there. */
class TableChange {
  readonly #model: RegistryModel
  readonly #live: LiveTable
  readonly #draft: PlanDraft
  readonly #clauses: Sql[] = []
  readonly #comments: Sql[] = []
  /** Statements that must come before the changes, and behind them. */
  readonly #before: Sql[] = []
  readonly #after: Sql[] = []
  readonly #values: (readonly [column: string, expression: Sql])[] = []
  readonly #late: Sql[] = []

  constructor(model: RegistryModel, live: LiveTable, draft: PlanDraft) {
    this.#model = model
    this.#live = live
    this.#draft = draft
  }

  #note(name: string, column: LiveColumn | undefined): void {
    noteColumn(this.#draft.live, this.#model.table, name, column)
  }

  /** The path is there before any other column, and is filled behind them. */
  addParentPath(): void {
    const { table, parentName } = this.#model
    if (this.#live.columns.has('parent_path')) return
    this.#clauses.push(raw('ADD COLUMN parent_path varchar'))
    this.#note('parent_path', { type: 'varchar', size: undefined, notNull: false })
    this.#late.push(sql`
      WITH RECURSIVE paths(id, path) AS (
        SELECT id, concat(id, '/') FROM ${id(table)} WHERE ${id(parentName)} IS NULL
         UNION ALL
        SELECT t.id, concat(p.path, t.id, '/')
          FROM ${id(table)} t JOIN paths p ON t.${id(parentName)} = p.id)
      UPDATE ${id(table)} t SET parent_path = paths.path FROM paths WHERE paths.id = t.id`)
  }

  /** Columns that no field has may be empty from now on: nobody writes them any more. */
  freeUnknown(known: ReadonlySet<string>): void {
    for (const [name, column] of this.#live.columns) {
      if (name === 'id' || known.has(name) || !column.notNull) continue
      this.#clauses.push(dropNotNull(name))
      this.#note(name, { ...column, notNull: false })
    }
  }

  bringUp(stored: StoredField): void {
    const { column } = stored
    const before = this.#live.columns.get(column.name)
    if (before === undefined) {
      this.#add(stored)
      return
    }
    const wasNotNull = before.notNull
    const change = typeChange(before, column, stored.field, this.#draft.rules)
    if (change.kind === 'move') {
      this.#move(column.name)
      this.#add(stored)
      return
    }
    let isNotNull = wasNotNull
    if (change.kind === 'convert') {
      this.#draft.converted.push({ table: this.#model.table, column: column.name })
      if (change.dropsIndex) this.#dropIndex(column.name)
      const retyped = before.type !== column.type
      if (wasNotNull && retyped) {
        this.#clauses.push(dropNotNull(column.name))
        isNotNull = false
      }
      this.#clauses.push(
        sql`ALTER COLUMN ${id(column.name)} DROP DEFAULT`,
        sql`ALTER COLUMN ${id(column.name)} TYPE ${raw(column.ddlType)} USING ${change.using}`,
      )
    }
    // The reference looks at NOT NULL as it was before a conversion dropped it.
    const seen = this.#draft.parity ? wasNotNull : isNotNull
    if (column.notNull && !seen) {
      if (!wasNotNull) this.#initialise(stored, false)
      this.#requireNotNull(column.name)
    } else if (!column.notNull && seen && isNotNull) {
      this.#clauses.push(dropNotNull(column.name))
      isNotNull = false
    }
    this.#note(column.name, { ...liveOf(column), notNull: isNotNull })
  }

  finish(): void {
    const { structure, fills } = this.#draft
    const table = id(this.#model.table)
    structure.push(...this.#before)
    if (this.#clauses.length > 0) structure.push(sql`ALTER TABLE ${table} ${join(this.#clauses)}`)
    structure.push(...this.#after, ...this.#comments)
    if (this.#values.length > 0) {
      const values = this.#values.map(([name, expression]) => sql`${id(name)} = ${expression}`)
      fills.push(sql`UPDATE ${table} SET ${join(values)}`)
    }
    fills.push(...this.#late)
  }

  #add(stored: StoredField): void {
    const { column, field } = stored
    this.#note(column.name, { ...liveOf(column), notNull: false })
    const value = this.#initialise(stored, true)
    const definition = sql`ADD COLUMN ${id(column.name)} ${raw(column.ddlType)}`
    if (value.kind === 'constant') {
      // A default that is taken away again fills the rows without writing them.
      this.#clauses.push(sql`${definition} DEFAULT ${value.expression}`)
      this.#after.push(
        sql`ALTER TABLE ${id(this.#model.table)} ALTER COLUMN ${id(column.name)} DROP DEFAULT`,
      )
    } else {
      this.#clauses.push(definition)
    }
    comment(this.#model.table, column.name, column.comment, this.#comments)
    if (field.compute !== undefined || field.related !== undefined) this.#compute(stored)
    if (column.notNull) this.#requireNotNull(column.name)
  }

  /** Plans the default of a column; returns it where the caller can say it with the column. */
  #initialise({ field, column }: StoredField, isNew: boolean): ColumnValue {
    const { unfilled, registry, rules } = this.#draft
    const { table, name: model } = this.#model
    if (this.#fillsItself(column.name)) {
      unfilled.push({ table, column: column.name, model, kind: 'init-column' })
      return { kind: 'none' }
    }
    const value = defaultValue(field, { models: registry, rules })
    if (value.kind === 'unknown') {
      unfilled.push({ table, column: column.name, model, kind: 'default' })
    } else if (value.kind === 'query' && isNew) {
      this.#values.push([column.name, value.expression])
    } else if (value.kind !== 'none' && !isNew) {
      this.#late.push(sql`
        UPDATE ${id(table)} SET ${id(column.name)} = ${value.expression} WHERE ${id(column.name)} IS NULL`)
    }
    return value
  }

  /** Whether the model fills the column in a way of its own. */
  #fillsItself(column: string): boolean {
    const text = this.#draft.ownInitColumns.get(this.#model.name) ?? ''
    return text.includes(`'${column}'`) || text.includes(`"${column}"`)
  }

  #compute({ field, column }: StoredField): void {
    const { registry, unfilled } = this.#draft
    const { table, name: model } = this.#model
    const fill = fillRelated(field, this.#model, registry)
    if (fill !== undefined) this.#late.push(fill)
    else unfilled.push({ table, column: column.name, model, kind: 'compute' })
  }

  #requireNotNull(column: string): void {
    const { table } = this.#model
    this.#draft.notNulls.push({
      kind: 'not null',
      table,
      name: column,
      statement: sql`ALTER TABLE ${id(table)} ALTER COLUMN ${id(column)} SET NOT NULL`,
    })
  }

  #dropIndex(column: string): void {
    const { live, rules } = this.#draft
    const { table } = this.#model
    for (const name of [plainIndexName(table, column), indexName(table, column, rules)]) {
      if (live.indexes.get(name) !== table) continue
      this.#before.push(sql`DROP INDEX ${id(name)}`)
      live.indexes.delete(name)
    }
  }

  /** Renames a column of another type out of the way, as 14 and 15 do. */
  #move(name: string): void {
    let number = 0
    while (this.#live.columns.has(`${name}_moved${number}`)) number += 1
    const moved = `${name}_moved${number}`
    const table = id(this.#model.table)
    const column = this.#live.columns.get(name)
    if (column?.notNull === true) {
      this.#before.push(sql`ALTER TABLE ${table} ALTER COLUMN ${id(name)} DROP NOT NULL`)
    }
    this.#before.push(sql`ALTER TABLE ${table} RENAME COLUMN ${id(name)} TO ${id(moved)}`)
    if (column !== undefined) this.#note(moved, { ...column, notNull: false })
    this.#note(name, undefined)
  }
}

function dropNotNull(column: string): Sql {
  return sql`ALTER COLUMN ${id(column)} DROP NOT NULL`
}

function comment(table: string, column: string, text: string, to: Sql[]): void {
  if (text !== '') to.push(sql`COMMENT ON COLUMN ${id(table, column)} IS ${lit(text)}`)
}

function liveOf(column: StoredField['column']): LiveColumn {
  const size = /^varchar\((\d+)\)$/.exec(column.ddlType)?.[1]
  return {
    type: column.type,
    size: size === undefined ? undefined : Number(size),
    notNull: column.notNull,
  }
}
