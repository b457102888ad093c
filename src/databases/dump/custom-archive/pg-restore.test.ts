import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileSink } from './archive-sink.js'
import { archiveFiles } from './fixtures/archive-files.js'
import { comparable, restoredSql } from './fixtures/restored-sql.js'
import {
  postgresPrograms,
  type ScratchServer,
  startScratchServer,
} from './fixtures/scratch-server.js'
import { smallDump } from './fixtures/small-dump.js'
import { readArchiveInfo } from './read-archive-info.js'
import { readCustomArchive } from './read-custom-archive.js'
import { writeCustomArchive } from './write-custom-archive.js'

const programs = postgresPrograms()
const backup = join(import.meta.dirname, '../../../../../shared/data/odoo-15.0-demo.zip')
const store = archiveFiles()

describe.skipIf(programs === undefined)(
  'with a PostgreSQL server (skipped without its programs)',
  () => {
    let server: ScratchServer
    beforeAll(() => {
      server = startScratchServer(programs ?? '')
    })
    afterAll(() => server.stop())

    async function writeSmallDump(): Promise<string> {
      const path = store(Buffer.alloc(0))
      const file = await open(path, 'w')
      await writeCustomArchive(fileSink(file), smallDump(), {
        database: 'x',
        serverVersion: '15.18',
      })
      await file.close()
      return path
    }

    test('pg_restore lists an archive of ours', async () => {
      const list = server.run('pg_restore', '-l', await writeSmallDump())
      expect(list).toContain('dbname: x')
      expect(list).toMatch(/; +TOC Entries: 15\n/)
      const entries = list.split('\n').filter((line) => /^\d/.test(line))
      expect(entries.map((line) => line.trim())).toEqual(
        smallDump().map((entry) => `${entry.id}; 0 0 ${entry.description} public ${entry.tag}`),
      )
    })

    test.each([{ jobs: 1 }, { jobs: 2 }])('pg_restore -j$jobs restores it', async ({ jobs }) => {
      const database = `small_${jobs}`
      server.run('createdb', database)
      const path = await writeSmallDump()
      server.run('pg_restore', '--exit-on-error', `-j${jobs}`, '-d', database, path)
      const ask = (query: string) => server.run('psql', '-XAtc', query, database).trim()
      expect(ask('SELECT id, name FROM company ORDER BY id')).toBe('1|tab\there\n2|\n3|ü')
      expect(ask('SELECT id, company_id FROM person ORDER BY id')).toBe('10|1\n11|')
      expect(ask("SELECT nextval('company_id_seq')")).toBe('4')
      expect(ask("SELECT col_description('company'::regclass, 2)")).toBe("It's; the ünïcode name")
      expect(ask("SELECT count(*) FROM pg_constraint WHERE conname LIKE '%company%'")).toBe('2')
      expect(ask('SELECT count(*) FROM staff')).toBe('2')
      expect(ask("SELECT to_regclass('person_company_idx')")).toBe('person_company_idx')
    })

    describe.skipIf(!existsSync(backup))(
      'and a real Odoo backup (skipped without ../shared)',
      () => {
        test('reads what pg_restore reads, from a file and from a pipe', {
          timeout: 180_000,
        }, async () => {
          const dump = execFileSync('unzip', ['-p', backup, 'dump.sql'], { maxBuffer: 1 << 28 })
          const sql = store(dump)
          server.run('createdb', 'odoo')
          server.run('psql', '-Xqf', sql, '-o', '/dev/null', 'odoo')
          const placed = store(Buffer.alloc(0))
          server.run('pg_dump', '-Fc', '-f', placed, 'odoo')
          const expected = comparable(server.run('pg_restore', '--no-owner', '-f', '-', placed))
          expect(await restoredSql(readCustomArchive(placed))).toBe(expected)

          const piped = store(server.pipe('pg_dump', '-Fc', 'odoo'))
          const { entries } = await readArchiveInfo(piped)
          expect(entries.filter(({ data }) => data.kind === 'unplaced')).toHaveLength(533)
          expect(await restoredSql(readCustomArchive(piped))).toBe(expected)
        })
      },
    )
  },
)
