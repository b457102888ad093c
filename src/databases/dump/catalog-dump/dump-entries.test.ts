import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { embeddedOnDisk, useEngine } from '../../../../test/support/engines.js'
import { type Finding, UserError } from '../../../base/index.js'
import { type Cluster, id, raw, type Session, sql } from '../../../db/index.js'
import type { DumpEntry } from '../dump-entry.js'
import { readPlainDump } from '../plain-reader.js'
import { writePlainDump } from '../plain-writer.js'
import { type CatalogDumpOptions, dumpEntries } from './dump-entries.js'

const REPEATABLE = { isolation: 'repeatable read', readOnly: true } as const

let cluster: () => Cluster
let names = 0

/** A database of the test's own, with the script's objects in it. */
async function databaseWith(script: string): Promise<string> {
  names += 1
  const database = `dump_${names}`
  await cluster().withSession(cluster().maintenanceDatabase, (admin) =>
    admin.execute(sql`CREATE DATABASE ${id(database)} TEMPLATE template0`),
  )
  await inDatabase(database, (session) => session.execute(raw(script)))
  return database
}

function inDatabase<T>(database: string, body: (session: Session) => Promise<T>): Promise<T> {
  return cluster().withSession(database, body)
}

interface Dumped {
  readonly entries: readonly DumpEntry[]
  readonly findings: readonly Finding[]
  readonly text: string
}

function dump(database: string, options: CatalogDumpOptions = {}): Promise<Dumped> {
  return inDatabase(database, (session) =>
    session.transaction(async () => {
      const { entries, findings } = await dumpEntries(session, options)
      const origin = { database: 'x', serverVersion: '18' }
      const chunks: Uint8Array[] = []
      for await (const chunk of writePlainDump(entries, origin)) chunks.push(chunk)
      return { entries, findings, text: Buffer.concat(chunks).toString() }
    }, REPEATABLE),
  )
}

/** Loads a dump's text into a new database. */
async function load(text: string): Promise<string> {
  const database = await databaseWith('')
  await inDatabase(database, async (session) => {
    for await (const item of readPlainDump(bytesOf(text))) {
      if (item.kind === 'statement') await session.execute(raw(item.text))
      if (item.kind === 'copy') await session.copyIn(raw(item.statement), item.data)
    }
  })
  return database
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}

function fixture(name: string): Promise<string> {
  return readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
}

/** The definition of the only entry of a kind and name. */
function definitionOf({ entries }: Dumped, description: string, tag: string): string | undefined {
  const found = entries.filter((one) => one.description === description && one.tag === tag)
  expect(found).toHaveLength(1)
  return found[0]?.definition
}

describe('dumpEntries', () => {
  cluster = useEngine(embeddedOnDisk)

  describe.each([
    { name: 'every-kind.sql', leftOut: [] },
    { name: 'newer-kinds.sql', leftOut: ['newer.named_nulls.b'] },
  ])('of $name', ({ name, leftOut }) => {
    let first: Dumped
    beforeAll(async () => {
      first = await dump(await databaseWith(await fixture(name)))
    })

    it('loads, and gives the same text again', async () => {
      const second = await dump(await load(first.text))
      expect(second.text).toBe(first.text)
    })

    it('puts every entry behind those that it needs', () => {
      for (const { id: own, dependencies } of first.entries) {
        for (const other of dependencies) expect(other).toBeLessThan(own)
      }
    })

    it('keeps to the order of the sections', () => {
      const order = ['pre-data', 'data', 'post-data']
      const places = first.entries.map(({ section }) => order.indexOf(section))
      expect(places).toEqual([...places].sort((a, b) => a - b))
    })

    it('says what it leaves out', () => {
      expect(first.findings.map(({ code, place }) => [code, place?.object])).toEqual(
        leftOut.map((object) => ['DUMP_DETAIL_LEFT_OUT', object]),
      )
    })

    it('says no owners, privileges or settings that only some servers know', () => {
      expect(first.text).not.toMatch(/^(GRANT|REVOKE|\\restrict|SET transaction_timeout)|OWNER TO/m)
    })
  })

  it('finds nothing in an empty database', async () => {
    const empty = await dump(await databaseWith(''))
    expect(empty.entries).toEqual([])
    expect(empty.findings).toEqual([])
  })

  it('leaves out the rows of excluded tables, not the tables', async () => {
    const database = await databaseWith(
      'CREATE TABLE logs (id int); INSERT INTO logs VALUES (1); CREATE TABLE kept (id int)',
    )
    const { entries } = await dump(database, { excludeTableData: new Set(['public.logs']) })
    expect(entries.map(({ description, tag }) => `${description} ${tag}`)).toEqual([
      'TABLE kept',
      'TABLE logs',
      'TABLE DATA kept',
    ])
  })

  it('names objects in rows with their schema, whatever the search path, and puts the path back', async () => {
    const database = await databaseWith(
      `CREATE SCHEMA shop; CREATE TABLE shop.kinds (kind regclass);
       INSERT INTO shop.kinds VALUES ('shop.kinds')`,
    )
    await inDatabase(database, async (session) => {
      await session.execute(raw('SET search_path = shop'))
      await session.transaction(async () => {
        const { entries } = await dumpEntries(session)
        const path = sql`SELECT current_setting('search_path') AS path`
        expect((await session.query(path)).rows).toEqual([{ path: 'shop' }])
        const rows = entries.find(({ description }) => description === 'TABLE DATA')?.rows
        const chunks: Uint8Array[] = []
        for await (const chunk of rows?.read() ?? []) chunks.push(chunk)
        expect(Buffer.concat(chunks).toString()).toBe('shop.kinds\n')
        expect((await session.query(path)).rows).toEqual([{ path: 'shop' }])
      }, REPEATABLE)
    })
  })

  it('reports the index that a failed build has left behind', async () => {
    const database = await databaseWith(
      `CREATE TABLE t (id int); CREATE INDEX good ON t (id); CREATE INDEX bad ON t (id);
       UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'bad'::regclass`,
    )
    const { text, findings } = await dump(database)
    expect(text).toContain('CREATE INDEX good ')
    expect(text).not.toContain('bad')
    expect(findings.map(({ code }) => code)).toEqual(['INVALID_INDEX_LEFT_OUT'])
  })

  it('refuses what it cannot write, naming each object', async () => {
    const database = await databaseWith(`
      CREATE TYPE mood AS ENUM ('a');
      CREATE FUNCTION to_int(mood) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE CAST (mood AS integer) WITH FUNCTION to_int(mood);
      CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
      CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
      CREATE PUBLICATION news FOR ALL TABLES;
      SELECT lo_create(0);
      CREATE TYPE shell;
      CREATE TYPE pair AS (a integer); CREATE TABLE typed OF pair`)
    const failure = await dump(database).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    expect(failure).toMatchObject({
      code: 'BUILTIN_DUMP_UNSUPPORTED',
      hint: expect.stringContaining('pg_dump'),
      data: {
        objects: [
          'cast public.mood AS integer',
          'large objects: 1',
          'operator public.===(integer,integer)',
          'publication news',
          'shell type public.shell',
          'text search configuration words',
          'typed table public.typed',
        ],
      },
    })
  })

  it('takes the rows that users have added to the tables of extensions', async () => {
    const database = await databaseWith(
      `CREATE EXTENSION unaccent; CREATE TABLE own (id int);
       ALTER EXTENSION unaccent ADD TABLE own; INSERT INTO own VALUES (1), (2);
       UPDATE pg_extension SET extconfig = ARRAY['own'::regclass::oid], extcondition = ARRAY['WHERE id > 1']
        WHERE extname = 'unaccent'`,
    )
    const { text, entries } = await dump(database)
    expect(entries.map(({ description }) => description)).toEqual(['EXTENSION', 'TABLE DATA'])
    expect(text).toContain('COPY public.own (id) FROM stdin;\n2\n\\.\n')
  })

  it('remembers that Odoo made unaccent IMMUTABLE', async () => {
    const made = await dump(
      await databaseWith('CREATE EXTENSION unaccent; ALTER FUNCTION unaccent(text) IMMUTABLE'),
    )
    expect(definitionOf(made, 'FUNCTION', 'unaccent(text)')).toBe(
      'ALTER FUNCTION public.unaccent(text) IMMUTABLE;\n',
    )
  })
})
