import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DumpItem } from '../dump-item.js'
import { archiveFindings } from './archive-findings.js'
import { comparable, restoredSql } from './fixtures/restored-sql.js'
import { postgresPrograms } from './fixtures/scratch-server.js'
import { readArchiveInfo } from './read-archive-info.js'
import { readCustomArchive } from './read-custom-archive.js'

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)
const restored = comparable(readFileSync(fixture('restored.sql'), 'utf8'))
const programs = postgresPrograms()

test.each(['pg15.dump', 'pg15-piped.dump', 'pg15-uncompressed.dump'])(
  '%s gives what pg_restore gives',
  async (name) => {
    expect(await restoredSql(readCustomArchive(fixture(name)))).toBe(restored)
  },
)

test('an archive of PostgreSQL 18 gives the same objects and rows', async () => {
  const sql = await restoredSql(readCustomArchive(fixture('pg18.dump')))
  const rows = (text: string) => text.match(/^COPY [\s\S]*?\n\\\.$/gm)?.sort()
  expect(rows(sql)).toEqual(rows(restored))
  expect(sql).toContain('ALTER TABLE "public"."access" SET ACCESS METHOD "heap";')
  expect(sql.indexOf('pg_restore_attribute_stats')).toBeGreaterThan(0)
  expect(sql).not.toMatch(/lo_create|LARGE OBJECT/)
})

test('data dumped as INSERT come as statements', async () => {
  const items: DumpItem[] = []
  for await (const item of readCustomArchive(fixture('pg15-inserts.dump'))) items.push(item)
  expect(items.filter((item) => item.kind !== 'statement')).toEqual([])
  const inserts = items.flatMap((item) =>
    item.kind === 'statement' && item.text.startsWith('INSERT') ? [item.text] : [],
  )
  expect(inserts).toEqual([
    "INSERT INTO public.event_2020 VALUES (1, '2020-02-02')",
    "INSERT INTO public.partner VALUES (1, 'Azure', NULL, NULL)",
    "INSERT INTO public.partner VALUES (2, 'tab\there\nand a line', 1, 'back\\slash \\.')",
    "INSERT INTO public.partner VALUES (3, 'ünïcode ✓', 1, '')",
    "INSERT INTO public.partner VALUES (4, '\\.', 2, '\\N')",
  ])
})

test('a definition of several statements comes as several items, with the number of its entry', async () => {
  const statements = new Map<number, number>()
  for await (const item of readCustomArchive(fixture('pg18.dump'))) {
    if (item.kind === 'statement') statements.set(item.line, (statements.get(item.line) ?? 0) + 1)
  }
  const { entries } = await readArchiveInfo(fixture('pg18.dump'))
  const statistics = entries.find(
    ({ description, tag }) => description === 'STATISTICS DATA' && tag === 'partner',
  )
  expect(statements.get(statistics?.id ?? 0)).toBe(5)
})

test('rows may be left unread, in whole or in part', async () => {
  for (const name of ['pg15.dump', 'pg15-piped.dump']) {
    const seen: string[] = []
    for await (const item of readCustomArchive(fixture(name))) {
      if (item.kind !== 'copy') continue
      seen.push(item.statement)
      if (seen.length === 1) continue
      for await (const chunk of item.data) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
    }
    expect(seen).toHaveLength(4)
  }
})

test.skipIf(!existsSync('/proc/self/fd'))(
  'a reader that stops early leaves no file open',
  async () => {
    const path = fixture('pg15.dump')
    for await (const item of readCustomArchive(path)) {
      if (item.kind !== 'copy') continue
      for await (const _ of item.data) break
      expect(openFiles()).toContain(path)
      break
    }
    expect(openFiles()).not.toContain(path)
  },
)

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      // The descriptor that lists the folder is gone by now.
      return []
    }
  })
}

test('reads what an archive says about itself', async () => {
  const info = await readArchiveInfo(fixture('pg15.dump'))
  expect(info).toMatchObject({
    formatVersion: '1.14',
    compression: 'gzip',
    database: 'fixture',
    serverVersion: expect.stringMatching(/^15\.18/),
    encoding: 'UTF8',
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  })
  const partner = info.entries.find(
    ({ description, tag }) => description === 'TABLE' && tag === 'partner',
  )
  expect(partner).toMatchObject({ section: 'pre-data', namespace: 'public', owner: 'postgres' })
})

test('large objects become a finding', async () => {
  const info = await readArchiveInfo(fixture('pg15.dump'))
  const [finding, ...others] = archiveFindings(info, 'pg15.dump')
  expect(others).toEqual([])
  expect(finding).toMatchObject({ code: 'ARCHIVE_LARGE_OBJECTS', severity: 'warning' })
  expect(archiveFindings({ ...info, entries: [] }, 'x')).toEqual([])
})

describe.skipIf(programs === undefined)(
  'with the installed pg_restore (skipped without it)',
  () => {
    test.each(['pg15.dump', 'pg15-piped.dump', 'pg15-uncompressed.dump'])('%s', async (name) => {
      const args = ['--no-owner', '-f', '-', fixture(name)]
      const sql = comparable(
        execFileSync(join(programs ?? '', 'pg_restore'), args, { encoding: 'utf8' }),
      )
      const withoutLargeObjects = sql
        .split('\n')
        .filter(
          (line) => !/lo_create|LARGE OBJECT|lo_open|lowrite|lo_close|^(BEGIN|COMMIT);$/.test(line),
        )
      expect(await restoredSql(readCustomArchive(fixture(name)))).toBe(
        withoutLargeObjects.join('\n'),
      )
    })
  },
)
