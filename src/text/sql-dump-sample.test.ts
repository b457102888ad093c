import { describe, expect, test } from 'vitest'
import { sampleBackup, sampleDump } from './fixtures/sample-dump.js'
import { splitSqlDump } from './sql-dump-splitter.js'

const samples = [
  {
    name: 'odoo-15.0-demo.zip',
    expected: {
      tables: 533,
      views: 13,
      sequences: 394,
      defaults: 374,
      copies: 533,
      values: 394,
      keys: 597,
      indexes: 594,
      foreignKeys: 2021,
      comments: 5263,
    },
  },
  {
    name: 'odoo-16.0-openupgraded.zip',
    expected: {
      tables: 569,
      views: 10,
      sequences: 414,
      defaults: 394,
      copies: 569,
      values: 414,
      keys: 640,
      indexes: 661,
      foreignKeys: 2146,
      comments: 5610,
    },
  },
] as const

const patterns: Readonly<Record<keyof (typeof samples)[0]['expected'], RegExp>> = {
  tables: /^CREATE TABLE /,
  views: /^CREATE VIEW /,
  sequences: /^CREATE SEQUENCE /,
  defaults: /^ALTER TABLE .* SET DEFAULT /,
  copies: /^COPY .* FROM stdin$/,
  values: /^SELECT pg_catalog\.setval\(/,
  keys: /^ALTER TABLE .*\n +ADD CONSTRAINT \S+ (?:PRIMARY KEY|UNIQUE) /,
  indexes: /^CREATE (?:UNIQUE )?INDEX /,
  foreignKeys: /^ALTER TABLE .*\n +ADD CONSTRAINT \S+ FOREIGN KEY /,
  comments: /^COMMENT ON /,
}

describe.each(samples)('$name', ({ name, expected }) => {
  const path = sampleBackup(name)

  test.skipIf(path === undefined)(
    path === undefined ? 'skipped: ../shared/data is not there' : 'every object of it is found',
    async () => {
      const counts = Object.fromEntries(Object.keys(expected).map((kind) => [kind, 0]))
      const others = new Set<string>()
      const dump = splitSqlDump(sampleDump(path ?? ''))
      for await (const item of dump) {
        const text = item.kind === 'copy' ? item.statement : item.text
        const kind = Object.entries(patterns).find(([, pattern]) => pattern.test(text))?.[0]
        if (kind === undefined) others.add(text.split(/[\s(]/, 2).join(' '))
        else counts[kind] = (counts[kind] ?? 0) + 1
      }
      expect(counts).toMatchObject(expected)
      expect(dump.marks).toMatchObject({ started: true, complete: true })
      expect(dump.marks.serverVersion).toMatch(/^15\.18 /)
      expect([...others].filter((text) => !/^(?:SET|\\(?:un)?restrict) /.test(text))).toEqual([
        'SELECT pg_catalog.set_config',
        'ALTER SEQUENCE',
        // Views that group by a primary key come again behind it.
        'CREATE OR',
      ])
    },
  )
})
