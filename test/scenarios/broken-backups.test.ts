import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CraftedEntry, craftZip } from '../../src/archive/fixtures/craft-zip.js'
import { administer } from '../../src/databases/manager/index.js'
import {
  backupDatabase,
  type DatabaseHost,
  MoultError,
  Progress,
  restoreDatabase,
  sql,
  withBackupFile,
} from '../../src/index.js'
import { embeddedOnDisk, useEngine } from '../support/engines.js'

const folder = await mkdtemp(join(tmpdir(), 'moult-broken-'))
/** A file that only a dump's own program would make. */
const WITNESS = join(folder, 'witness')
const GOOD_SQL = `--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';
CREATE TABLE public.t (id integer NOT NULL, name text);
COPY public.t (id, name) FROM stdin;
1\tone
2\ttwo
\\.
ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
--
-- PostgreSQL database dump complete
--
`
afterAll(() => rm(folder, { recursive: true, force: true }))

const DUMP: CraftedEntry = { name: 'dump.sql', content: GOOD_SQL }
const HASH = 'ab'.repeat(20)

/** A broken file: its name, its content, and the code of the error it must give. */
const FILES: readonly [string, string, Buffer | string, string][] = [
  ['an empty file', 'x.zip', '', 'BACKUP_FORMAT_UNKNOWN'],
  [
    'an error page of a web server',
    'x.zip',
    '<!DOCTYPE html><html>504</html>',
    'BACKUP_FORMAT_UNKNOWN',
  ],
  ['random bytes', 'x.dump', Buffer.from([1, 2, 3, 0, 200, 255, 17]), 'BACKUP_FORMAT_UNKNOWN'],
  ['a truncated zip', 'x.zip', craftZip([DUMP]).subarray(0, 200), 'ZIP_TRUNCATED'],
  ['a zip with a damaged entry', 'x.zip', craftZip([{ ...DUMP, crc32: 1 }]), 'ZIP_CORRUPT'],
  [
    'a zip without dump.sql',
    'x.zip',
    craftZip([{ name: 'readme.txt', content: 'hello' }]),
    'BACKUP_WITHOUT_DUMP',
  ],
  [
    'a zip whose files lie in a folder',
    'x.zip',
    craftZip([{ ...DUMP, name: 'acme/dump.sql' }]),
    'BACKUP_WITHOUT_DUMP',
  ],
  ['zip slip', 'x.zip', craftZip([DUMP, { name: '../../evil', content: 'x' }]), 'ZIP_UNSAFE_NAME'],
  [
    'zip slip below the filestore',
    'x.zip',
    craftZip([DUMP, { name: 'filestore/../../evil' }]),
    'ZIP_UNSAFE_NAME',
  ],
  [
    'an absolute path in a zip',
    'x.zip',
    craftZip([DUMP, { name: '/etc/evil' }]),
    'ZIP_UNSAFE_NAME',
  ],
  [
    'a backslash path in a zip',
    'x.zip',
    craftZip([DUMP, { name: 'filestore\\..\\evil' }]),
    'ZIP_UNSAFE_NAME',
  ],
  ['duplicate entries in a zip', 'x.zip', craftZip([DUMP, DUMP]), 'ZIP_DUPLICATE_ENTRY'],
  ['an encrypted zip', 'x.zip', craftZip([{ ...DUMP, flags: 1 }]), 'ZIP_ENCRYPTED'],
  [
    'a zip with an unknown method',
    'x.zip',
    craftZip([{ ...DUMP, method: 12 }]),
    'ZIP_METHOD_UNSUPPORTED',
  ],
  [
    'a symbolic link in a zip',
    'x.zip',
    craftZip([
      DUMP,
      { name: `filestore/ab/${HASH}`, content: '/etc/passwd', attributes: 0o120777 },
    ]),
    'ZIP_SYMLINK',
  ],
  [
    'a zip bomb',
    'x.zip',
    craftZip([
      DUMP,
      { name: `filestore/ab/${HASH}`, content: 'x', uncompressedSize: 4_000_000_000 },
    ]),
    'ZIP_BOMB',
  ],
  [
    'a manifest that is no JSON',
    'x.zip',
    craftZip([DUMP, { name: 'manifest.json', content: '{"odoo_dump": ' }]),
    'MANIFEST_INVALID',
  ],
  [
    'a manifest of another shape',
    'x.zip',
    craftZip([DUMP, { name: 'manifest.json', content: '{"modules": [1]}' }]),
    'MANIFEST_INVALID',
  ],
  [
    'a truncated gzip',
    'x.sql.gz',
    gzipSync(GOOD_SQL.repeat(50)).subarray(0, 150),
    'GZIP_TRUNCATED',
  ],
  ['a damaged gzip', 'x.sql.gz', damaged(gzipSync(GOOD_SQL.repeat(50)), 60), 'GZIP_CORRUPT'],
  [
    'a dump that was cut off',
    'x.sql',
    GOOD_SQL.slice(0, GOOD_SQL.indexOf('ALTER')),
    'DUMP_TRUNCATED',
  ],
  [
    'a dump cut off inside its rows',
    'x.sql',
    GOOD_SQL.slice(0, GOOD_SQL.indexOf('\\.')),
    'DUMP_TRUNCATED',
  ],
  [
    'an SQL error in the middle',
    'x.sql',
    GOOD_SQL.replace('ALTER TABLE ONLY public.t', 'ALTER TABLE ONLY public.gone'),
    'DUMP_STATEMENT_FAILED',
  ],
  [
    'a syntax error',
    'x.sql',
    GOOD_SQL.replace('CREATE TABLE', 'CREATE TABEL'),
    'UNEXPECTED_STATEMENT',
  ],
  [
    'a row that does not fit',
    'x.sql',
    GOOD_SQL.replace('2\ttwo', 'two\t2'),
    'DUMP_STATEMENT_FAILED',
  ],
  [
    'a key that comes twice',
    'x.sql',
    GOOD_SQL.replace('2\ttwo', '1\ttwo'),
    'DUMP_STATEMENT_FAILED',
  ],
  [
    'text in a wrong encoding',
    'x.sql',
    Buffer.concat([
      Buffer.from(GOOD_SQL.split('COPY')[0] ?? ''),
      Buffer.from("COMMENT ON TABLE public.t IS 'caf\xe9';\n", 'latin1'),
    ]),
    'DUMP_ENCODING',
  ],
  ['text in UTF-16', 'x.sql', Buffer.from(`\ufeff${GOOD_SQL}`, 'utf16le'), 'BACKUP_FORMAT_UNKNOWN'],
  [
    'an extension that is not there',
    'x.sql',
    GOOD_SQL.replace('CREATE TABLE', 'CREATE EXTENSION postgis;\nCREATE TABLE'),
    'EXTENSION_MISSING',
  ],
  [
    'a command for psql',
    'x.sql',
    GOOD_SQL.replace('CREATE TABLE', `\\! touch ${WITNESS}\nCREATE TABLE`),
    'META_COMMAND',
  ],
  [
    'a program as target of COPY',
    'x.sql',
    GOOD_SQL.replace(
      'CREATE TABLE',
      `COPY (SELECT 1) TO PROGRAM 'touch ${WITNESS}';\nCREATE TABLE`,
    ),
    'UNEXPECTED_STATEMENT',
  ],
  [
    'a new role',
    'x.sql',
    GOOD_SQL.replace('CREATE TABLE', 'CREATE ROLE evil SUPERUSER;\nCREATE TABLE'),
    'ROLE_STATEMENT',
  ],
  [
    'a block of code',
    'x.sql',
    GOOD_SQL.replace('CREATE TABLE', 'DO $$ BEGIN END $$;\nCREATE TABLE'),
    'DO_BLOCK',
  ],
  [
    'a file of the server',
    'x.sql',
    GOOD_SQL.replace('CREATE TABLE', "SELECT pg_read_file('/etc/passwd');\nCREATE TABLE"),
    'UNEXPECTED_STATEMENT',
  ],
  ['a custom archive that was cut off', 'x.dump', 'CUT', 'ARCHIVE_TRUNCATED'],
  ['a custom archive of a newer format', 'x.dump', 'NEWER', 'ARCHIVE_NEWER_FORMAT'],
]

/** Runs a restore that must fail; returns its error once it is clear that nothing stayed behind. */
async function refusalOf(host: DatabaseHost, file: string): Promise<MoultError> {
  const progress = new Progress()
  const restoring = withBackupFile(file, progress, (backup) =>
    restoreDatabase(host, backup, progress, { name: 'wanted' }),
  )
  const error: unknown = await restoring.then(
    () => undefined,
    (failure: unknown) => failure,
  )
  expect(error).toBeInstanceOf(MoultError)
  await expectNothingLeft(host)
  return error as MoultError
}

async function expectNothingLeft(host: DatabaseHost): Promise<void> {
  const { rows } = await administer(host.cluster, (session) =>
    session.query<{ name: string }>(sql`
      SELECT datname AS name FROM pg_database WHERE NOT datistemplate UNION ALL
      SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'moult_tmp')`),
  )
  expect(rows.map((row) => row.name).sort()).toEqual(['existing', 'postgres'])
  expect(existsSync(host.filestoreRoot) ? await readdir(host.filestoreRoot) : []).toEqual([])
  expect(existsSync(WITNESS)).toBe(false)
}

function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.fill(0xff, at, at + 8)
  return copy
}

async function contentOf(content: Buffer | string): Promise<Buffer | string> {
  if (content !== 'CUT' && content !== 'NEWER') return content
  const archive = await readFile(join(folder, 'good.dump'))
  if (content === 'CUT') return archive.subarray(0, archive.length - 60)
  archive[6] = 99
  return archive
}

describe('a backup that is broken', () => {
  const cluster = useEngine(embeddedOnDisk)
  const host = (): DatabaseHost => ({
    cluster: cluster(),
    filestoreRoot: join(folder, 'filestore'),
  })

  beforeAll(async () => {
    const file = join(folder, 'good.sql')
    await writeFile(file, GOOD_SQL)
    const progress = new Progress()
    await withBackupFile(file, progress, (backup) =>
      restoreDatabase(host(), backup, progress, { name: 'existing' }),
    )
    await backupDatabase(host(), 'existing', progress, {
      file: join(folder, 'good.dump'),
      format: 'dump',
    })
  })

  test.each(FILES)(
    '%s is refused with a clear error and leaves nothing',
    async (_, name, content, code) => {
      const file = join(folder, `broken-${name}`)
      await writeFile(file, await contentOf(content))
      const error = await refusalOf(host(), file)
      expect(error.code, error.message).toBe(code)
      expect(error.tier).toBe('user')
      expect(error.hint).toMatch(/\w/)
      expect(error.place?.file).toContain('broken-')
    },
  )

  test('the error of a statement names its line and shows it', async () => {
    const file = join(folder, 'line.sql')
    await writeFile(file, `${GOOD_SQL}\nALTER TABLE public.gone ADD COLUMN x integer;\n`)
    const error = await refusalOf(host(), file)
    expect(error.place).toEqual({ file, line: GOOD_SQL.split('\n').length + 1 })
    expect(error.message).toContain('relation "public.gone" does not exist')
    expect(error.data.statement).toBe('ALTER TABLE public.gone ADD COLUMN x integer')
  })

  test('the error of a row names the line of the row', async () => {
    const file = join(folder, 'row.sql')
    await writeFile(file, GOOD_SQL.replace('2\ttwo', 'two\t2'))
    const error = await refusalOf(host(), file)
    expect(error.place?.line).toBe(GOOD_SQL.slice(0, GOOD_SQL.indexOf('2\ttwo')).split('\n').length)
  })

  test('a failed restore over an existing database leaves that database as it was', async () => {
    const file = join(folder, 'half.sql')
    await writeFile(
      file,
      GOOD_SQL.replace('ALTER TABLE ONLY public.t', 'ALTER TABLE ONLY public.gone'),
    )
    const progress = new Progress()
    const replace = { force: false }
    await expect(
      withBackupFile(file, progress, (backup) =>
        restoreDatabase(host(), backup, progress, { name: 'existing', replace }),
      ),
    ).rejects.toMatchObject({ code: 'DUMP_STATEMENT_FAILED' })
    await expectNothingLeft(host())
    const { rows } = await cluster().withSession('existing', (session) =>
      session.query(sql`SELECT name FROM public.t ORDER BY id`),
    )
    expect(rows).toEqual([{ name: 'one' }, { name: 'two' }])
  })
})
