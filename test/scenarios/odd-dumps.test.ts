import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { withZip } from '../../src/archive/index.js'
import { createExample } from '../../src/databases/example/index.js'
import { administer } from '../../src/databases/manager/index.js'
import {
  backupDatabase,
  createEmptyDatabase,
  type DatabaseHost,
  id,
  Progress,
  restoreDatabase,
  sql,
  withBackupFile,
} from '../../src/index.js'
import { embeddedInMemory, engines, managedEngines, useEngine } from '../support/engines.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = await temporaryFolder()
afterAll(() => folder.remove())
const progress = new Progress()
const usable = (await engines()).filter(
  (engine) => engine.unavailable === undefined && engine.name !== 'embedded on disk',
)

/** What dumps of other versions and other tools hold, and what is harmless to leave out. */
const ODD = `\\restrict abc
SET statement_timeout = 0;
SET transaction_timeout = 0;
SET default_with_oids = false;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA reporting;
ALTER SCHEMA reporting OWNER TO nobody_here;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';
CREATE TABLE public.partner (
    id integer NOT NULL,
    name text,
    CONSTRAINT partner_name_needed NOT NULL name
);
ALTER TABLE public.partner OWNER TO nobody_here;
COPY public.partner (id, name) FROM stdin;
1	Éloïse
2	line\\nbreak, tab\\t, backslash \\\\, null next
\\.
CREATE INDEX partner_name_unaccent ON public.partner USING btree (public.unaccent(name));
GRANT ALL ON TABLE public.partner TO nobody_here;
CREATE TABLE reporting.empty (id integer);
\\unrestrict abc
`

describe.each(usable)('a dump of another version on $name', (engine) => {
  const cluster = useEngine(engine)

  test('loads, with its odd lines left out or rewritten', async () => {
    const host: DatabaseHost = { cluster: cluster(), filestoreRoot: join(folder.path, 'files') }
    const file = join(folder.path, 'odd.sql')
    await writeFile(file, ODD)
    const report = await withBackupFile(file, progress, (backup) =>
      restoreDatabase(host, backup, progress, { name: 'odd' }),
    )
    expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
    const { rows } = await cluster().withSession('odd', (session) =>
      session.query(sql`
        SELECT (SELECT name FROM public.partner WHERE id = 2) AS name,
               (SELECT count(*) FROM pg_indexes WHERE indexname = 'partner_name_unaccent') AS indexes,
               (SELECT attnotnull FROM pg_attribute WHERE attrelid = 'public.partner'::regclass AND attname = 'name') AS needed,
               to_regclass('reporting.empty') IS NOT NULL AS kept`),
    )
    expect(rows).toEqual([
      { name: 'line\nbreak, tab\t, backslash \\, null next', indexes: 1, needed: true, kept: true },
    ])
  })
})

const servers = (await managedEngines()).filter((engine) => engine.unavailable === undefined)

describe.each(servers)("psql and $name, as Odoo's own database manager uses them", (engine) => {
  const embedded = useEngine(embeddedInMemory)
  const cluster = useEngine(engine)

  test('load a backup of the embedded PostgreSQL 18 without an error', async (context) => {
    if (spawnSync('psql', ['--version']).status !== 0) context.skip('psql is not on this machine')
    const host: DatabaseHost = {
      cluster: embedded(),
      filestoreRoot: join(folder.path, engine.name),
    }
    await createEmptyDatabase(host, 'example')
    await host.cluster.withSession('example', (session) =>
      createExample(session, join(host.filestoreRoot, 'example')),
    )
    const file = join(folder.path, `example-${servers.indexOf(engine)}.zip`)
    await backupDatabase(host, 'example', progress, { file, format: 'zip' })
    const dump = await withZip(file, async (zip) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of zip.read('dump.sql')) chunks.push(chunk)
      return Buffer.concat(chunks)
    })
    await administer(cluster(), (session) =>
      session.execute(sql`CREATE DATABASE ${id('plain')} TEMPLATE template0 ENCODING 'UTF8'`),
    )
    const loaded = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1'], {
      input: dump,
      env: { ...process.env, ...cluster().environment?.('plain') },
      encoding: 'utf8',
    })
    expect(loaded.stderr).toBe('')
    expect(loaded.status).toBe(0)
  })
})
