import { withZip } from '../../src/archive/index.js'

/** A row of a dumped table: texts with their escapes resolved, null for `\N`. */
export type Row = Readonly<Record<string, string | null>>

export interface DumpedColumn {
  readonly type: string
  readonly notNull: boolean
}

export interface DumpedForeignKey {
  readonly name: string
  readonly target: string
  readonly rule: string
}

/** What a plain dump says of its schema, and the rows of some tables. */
export interface DumpedDatabase {
  /** Table → column. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, DumpedColumn>>
  /** `table.column` → foreign key. */
  readonly foreignKeys: ReadonlyMap<string, DumpedForeignKey>
  /** Name → definition. */
  readonly indexes: ReadonlyMap<string, string>
  readonly rows: (table: string) => readonly Row[]
}

const TABLE =
  /^CREATE TABLE (?:public\.)?"?(\w+)"? \(\n([\s\S]*?)\n?\)(?:\nINHERITS \((?:public\.)?"?(\w+)"?\))?;$/gm
const COLUMN = /^ {4}"?(\w+)"? (.+?),?$/
const FOREIGN_KEY =
  /^ALTER TABLE ONLY (?:public\.)?"?(\w+)"?\n {4}ADD CONSTRAINT "?(\w+)"? FOREIGN KEY \("?(\w+)"?\) REFERENCES (?:public\.)?"?(\w+)"?\(\w+\)(?: ON DELETE (CASCADE|SET NULL|RESTRICT))?/gm
const INDEX = /^CREATE (?:UNIQUE )?INDEX "?(\w+)"? (.*);$/gm

/** Reads the dump of a backup archive as text; for dumps that a test can hold in memory. */
export async function readDumpedDatabase(archive: string): Promise<DumpedDatabase> {
  const chunks: Uint8Array[] = []
  await withZip(archive, async (zip) => {
    for await (const chunk of zip.read('dump.sql')) chunks.push(Uint8Array.from(chunk))
  })
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    tables: tablesOf(text),
    foreignKeys: new Map(
      [...text.matchAll(FOREIGN_KEY)].map(
        ([, table, name = '', column, target = '', rule = 'NO ACTION']) => [
          `${table}.${column}`,
          { name, target, rule: rule.toLowerCase() },
        ],
      ),
    ),
    indexes: new Map(
      [...text.matchAll(INDEX)].map(([, name = '', definition = '']) => [name, definition]),
    ),
    rows: (table) => rowsOf(text, table),
  }
}

/** Columns of a table that inherits from another one are those of both. */
function tablesOf(text: string): DumpedDatabase['tables'] {
  const found = [...text.matchAll(TABLE)].map(([, table = '', body = '', parent = '']) => ({
    ...{ table, parent },
    columns: columnsOf(body),
  }))
  const own = new Map(found.map(({ table, columns }) => [table, columns]))
  return new Map(
    found.map(({ table, parent, columns }) => [
      table,
      new Map([...(own.get(parent) ?? []), ...columns]),
    ]),
  )
}

function columnsOf(body: string): ReadonlyMap<string, DumpedColumn> {
  return new Map(
    body.split('\n').flatMap((line): readonly (readonly [string, DumpedColumn])[] => {
      const [, name, rest = ''] = COLUMN.exec(line) ?? []
      if (name === undefined || name === 'CONSTRAINT') return []
      const notNull = rest.endsWith(' NOT NULL')
      const type = rest
        .replace(/ (DEFAULT .*|NOT NULL)$/, '')
        .replace(/ (DEFAULT .*|NOT NULL)$/, '')
      return [[name, { type, notNull }]]
    }),
  )
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

function rowsOf(text: string, table: string): readonly Row[] {
  const head = new RegExp(
    `^COPY (?:public\\.)?"?${table}"? \\(([^)]*)\\) FROM stdin;\\n`,
    'm',
  ).exec(text)
  if (head === null) return []
  const columns = (head[1] ?? '').split(',').map((name) => name.trim().replaceAll('"', ''))
  const start = head.index + head[0].length
  const body = text.slice(start, text.indexOf('\n\\.\n', start - 1) + 1)
  return body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split('\t').map(resolveEscapes)
      return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? null]))
    })
}

function resolveEscapes(cell: string): string | null {
  if (cell === '\\N') return null
  return cell.includes('\\')
    ? cell.replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char)
    : cell
}

/** The English text of a translated column: jsonb from 16 on, plain before. */
export function englishOf(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null
  if (!value.startsWith('{')) return value
  const parsed: unknown = JSON.parse(value)
  return typeof parsed === 'object' && parsed !== null && 'en_US' in parsed
    ? (parsed.en_US as string | null)
    : null
}
