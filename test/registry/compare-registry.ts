import { Findings } from '../../src/base/index.js'
import { type ReleaseSource, readRelease } from '../../src/odoo/reading/index.js'
import {
  foreignKeysOf,
  hasTable,
  indexesOf,
  Registry,
  reflectModule,
  relationsOf,
  tableOf,
  type WantedForeignKey,
} from '../../src/odoo/registry/index.js'
import {
  type DumpedDatabase,
  englishOf,
  type Row,
  readDumpedDatabase,
} from '../support/dumped-database.js'

/** How many things of a kind agree, and what does not. */
export interface Score {
  readonly wanted: number
  readonly equal: number
  /** In the database and not in the registry, or with another value: `key: database ≠ registry`. */
  readonly missing: readonly string[]
  /** In the registry and not in the database. */
  readonly extra: readonly string[]
}

export interface Comparison {
  readonly source: ReleaseSource
  readonly findings: Findings
  readonly scores: Readonly<Record<string, Score>>
}

/** Reads the modules that a backup has installed from their source and compares them with its database. */
export async function compareRegistry(archive: string, tree: string): Promise<Comparison> {
  const database = await readDumpedDatabase(archive)
  const installed = database
    .rows('ir_module_module')
    .filter(({ state }) => state === 'installed')
    .map(({ name }) => name ?? '')
  const source = await readRelease({ addonsPath: [tree], modules: installed })
  const findings = new Findings()
  const registry = new Registry(source.release, findings)
  const foreignKeys = new Map<string, WantedForeignKey>()
  const xmlIds = new Map<string, string>()
  const relations = new Set<string>()
  const relationRows = new Set<string>()
  const constraints = new Map<string, string>()
  for (const name of source.order) {
    const module = source.modules.get(name)
    if (module === undefined) continue
    const load = registry.load(module)
    for (const key of foreignKeysOf(load, registry.models, registry.rules)) {
      foreignKeys.set(`${key.table}.${key.column}`, key)
    }
    for (const { table } of relationsOf(load, registry.models, registry.rules)) relations.add(table)
    const reflected = reflectModule(load, registry, { frameworkDocs: source.frameworkDocs })
    for (const row of reflected.xmlIds) xmlIds.set(`${row.module}.${row.name}`, row.model)
    for (const row of reflected.relations) relationRows.add(`${row.module} ${row.name}`)
    for (const row of reflected.constraints) {
      constraints.set(`${row.module} ${row.name}`, row.definition)
    }
  }
  const all = reflectModule(
    {
      module: '',
      touched: [],
      created: [],
      changed: [],
      initialised: [...registry.models.values()],
    },
    registry,
    { frameworkDocs: source.frameworkDocs },
  )
  const scores: Record<string, Score> = {}
  const models = database.rows('ir_model')
  scores.models = score(
    new Map(models.map((row) => [row.model ?? '', modelText(row)])),
    new Map(
      all.models.map(({ model, name, order, transient, info }) => [
        model,
        JSON.stringify([name, order, transient, info ?? null]),
      ]),
    ),
  )
  const fields = database.rows('ir_model_fields')
  const fieldRows = new Map(fields.map((row) => [`${row.model}.${row.name}`, row]))
  const reflectedFields = new Map(all.fields.map((row) => [`${row.model}.${row.name}`, row]))
  scores.fields = score(
    new Map([...fieldRows].map(([key]) => [key, ''])),
    new Map([...reflectedFields].map(([key]) => [key, ''])),
  )
  scores.cells = cellScore(fieldRows, reflectedFields as ReadonlyMap<string, object>)
  const fieldOf = new Map(fields.map((row) => [row.id, `${row.model}.${row.name}`]))
  scores.selections = score(
    new Map(
      database
        .rows('ir_model_fields_selection')
        .map((row) => [
          `${fieldOf.get(row.field_id ?? '')}=${row.value}`,
          `${englishOf(row.name)} ${row.sequence}`,
        ]),
    ),
    new Map(
      all.selections.map((row) => [
        `${row.model}.${row.field}=${row.value}`,
        `${row.name} ${row.sequence}`,
      ]),
    ),
  )
  Object.assign(scores, schemaScores(database, registry, foreignKeys, relations))
  Object.assign(scores, xmlIdScores(database, xmlIds))
  const moduleOf = new Map(database.rows('ir_module_module').map((row) => [row.id, row.name]))
  scores.constraints = score(
    new Map(
      database
        .rows('ir_model_constraint')
        .filter(({ type }) => type === 'u')
        .map((row) => [`${moduleOf.get(row.module ?? '')} ${row.name}`, row.definition ?? '']),
    ),
    constraints,
  )
  scores.relations = score(
    new Map(
      database
        .rows('ir_model_relation')
        .map((row) => [`${moduleOf.get(row.module ?? '')} ${row.name}`, '']),
    ),
    new Map([...relationRows].map((key) => [key, ''])),
  )
  return { source, findings, scores }
}

function modelText(row: Row): string {
  return JSON.stringify([englishOf(row.name), row.order, row.transient === 't', row.info])
}

const BOOLEANS = ['store', 'required', 'readonly', 'index', 'copied', 'translate', 'selectable']
const TEXTS = [
  ...['ttype', 'relation', 'on_delete', 'related', 'relation_field', 'relation_table'],
  ...['column1', 'column2'],
]

function cellScore(rows: ReadonlyMap<string, Row>, reflected: ReadonlyMap<string, object>): Score {
  const wanted = new Map<string, string>()
  const found = new Map<string, string>()
  const cell = (row: object, name: string): unknown => Reflect.get(row, name)
  for (const [key, row] of rows) {
    const field = reflected.get(key)
    if (field === undefined) continue
    for (const name of BOOLEANS) {
      wanted.set(`${key} ${name}`, String(row[name] === 't'))
      found.set(`${key} ${name}`, String(cell(field, name)))
    }
    for (const name of TEXTS) {
      wanted.set(`${key} ${name}`, row[name] ?? '')
      found.set(`${key} ${name}`, String(cell(field, name) ?? ''))
    }
    for (const name of ['field_description', 'help']) {
      wanted.set(`${key} ${name}`, englishOf(row[name]) ?? '')
      found.set(`${key} ${name}`, String(cell(field, name) ?? ''))
    }
    wanted.set(`${key} size`, row.size ?? '0')
    found.set(`${key} size`, String(cell(field, 'size') ?? 0))
  }
  return score(wanted, found)
}

function schemaScores(
  database: DumpedDatabase,
  registry: Registry,
  foreignKeys: ReadonlyMap<string, WantedForeignKey>,
  relations: ReadonlySet<string>,
): Readonly<Record<string, Score>> {
  const wanted = new Map<string, string>()
  for (const [table, columns] of database.tables) {
    for (const [name, { type, notNull }] of columns) {
      wanted.set(`${table}.${name}`, `${shortType(type)}${notNull ? ' not null' : ''}`)
    }
  }
  const found = new Map<string, string>()
  const indexes = new Map<string, string>()
  const modelTables = new Set(
    [...registry.models.values()].filter(hasTable).map((model) => model.table),
  )
  for (const model of registry.models.values()) {
    const table = hasTable(model) ? tableOf(model, registry.rules) : undefined
    for (const column of table?.columns ?? []) {
      found.set(
        `${model.table}.${column.name}`,
        `${column.ddlType}${column.notNull ? ' not null' : ''}`,
      )
    }
    for (const index of indexesOf(model, registry.rules)) {
      indexes.set(index.name.slice(0, LONGEST_NAME), index.kind)
    }
    for (const field of model.fields.values()) {
      const { relation } = field
      if (relation === undefined || !relations.has(relation.table)) continue
      // Some models have the table of a relation for their own.
      if (modelTables.has(relation.table)) continue
      found.set(`${relation.table}.${relation.column1}`, 'int4 not null')
      found.set(`${relation.table}.${relation.column2}`, 'int4 not null')
    }
  }
  return {
    columns: score(wanted, found),
    foreignKeys: score(
      new Map(
        [...database.foreignKeys].map(([key, { target, rule }]) => [key, `${target} ${rule}`]),
      ),
      new Map(
        [...foreignKeys].map(([key, one]) => [key, `${one.referencedTable} ${one.onDelete}`]),
      ),
    ),
    indexes: score(
      new Map(
        [...indexes.keys()].filter((name) => database.indexes.has(name)).map((name) => [name, '']),
      ),
      new Map([...indexes.keys()].map((name) => [name, ''])),
    ),
  }
}

const XML_ID_KINDS = {
  modelIds: 'ir.model',
  fieldIds: 'ir.model.fields',
  selectionIds: 'ir.model.fields.selection',
  constraintIds: 'ir.model.constraint',
} as const

function xmlIdScores(
  database: DumpedDatabase,
  xmlIds: ReadonlyMap<string, string>,
): Readonly<Record<string, Score>> {
  const rows = database.rows('ir_model_data')
  return Object.fromEntries(
    Object.entries(XML_ID_KINDS).map(([name, model]) => [
      name,
      score(
        new Map(
          rows.filter((row) => row.model === model).map((row) => [`${row.module}.${row.name}`, '']),
        ),
        new Map([...xmlIds].filter(([, of]) => of === model).map(([key]) => [key, ''])),
      ),
    ]),
  )
}

const LONGEST_NAME = 63
const SHORT_TYPES: Readonly<Record<string, string>> = {
  integer: 'int4',
  'character varying': 'varchar',
  boolean: 'bool',
  'double precision': 'float8',
  'timestamp without time zone': 'timestamp',
}

function shortType(type: string): string {
  const sized = /^character varying\((\d+)\)$/.exec(type)
  return sized === null ? (SHORT_TYPES[type] ?? type) : `varchar(${sized[1]})`
}

function score(wanted: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): Score {
  const missing: string[] = []
  for (const [key, value] of wanted) {
    const other = found.get(key)
    if (other === value) continue
    missing.push(other === undefined ? key : `${key}: ${value} ≠ ${other}`)
  }
  return {
    wanted: wanted.size,
    equal: wanted.size - missing.length,
    missing,
    extra: [...found.keys()].filter((key) => !wanted.has(key)),
  }
}
