import { expect, test } from 'vitest'
import type { ArchiveEntry } from './archive-info.js'
import { inRestoreOrder, isLargeObject, restorePass } from './restore-pass.js'

function entry(description: string, tag = 'x', section: ArchiveEntry['section'] = 'none') {
  return { id: 1, description, tag, section, data: { kind: 'none' } } as unknown as ArchiveEntry
}

test.each([
  { of: entry('TABLE'), pass: 'main' },
  { of: entry('TABLE DATA'), pass: 'main' },
  { of: entry('FK CONSTRAINT'), pass: 'main' },
  { of: entry('COMMENT', 'TABLE x'), pass: 'main' },
  { of: entry('ACL', 'TABLE x'), pass: 'grants' },
  { of: entry('DEFAULT ACL'), pass: 'grants' },
  { of: entry('MATERIALIZED VIEW DATA'), pass: 'last' },
  { of: entry('EVENT TRIGGER'), pass: 'last' },
  { of: entry('COMMENT', 'EVENT TRIGGER x'), pass: 'last' },
  { of: entry('STATISTICS DATA', 'x', 'data'), pass: 'main' },
  { of: entry('STATISTICS DATA', 'x', 'post-data'), pass: 'last' },
  { of: entry('ENCODING'), pass: 'skipped' },
  { of: entry('DATABASE'), pass: 'skipped' },
  { of: entry('DATABASE PROPERTIES'), pass: 'skipped' },
  { of: entry('COMMENT', 'DATABASE x'), pass: 'skipped' },
  { of: entry('ACL', 'DATABASE x'), pass: 'skipped' },
  { of: entry('BLOB'), pass: 'skipped' },
  { of: entry('BLOBS'), pass: 'skipped' },
  { of: entry('BLOB METADATA'), pass: 'skipped' },
  { of: entry('ACL', 'LARGE OBJECTS 1..2'), pass: 'skipped' },
  { of: entry('COMMENT', 'LARGE OBJECT 1'), pass: 'skipped' },
])('$of.description $of.tag: $pass', ({ of, pass }) => {
  expect(restorePass(of)).toBe(pass)
})

test('keeps the order of the archive within a pass', () => {
  const entries = [
    entry('MATERIALIZED VIEW DATA', 'm'),
    entry('ACL', 'TABLE a'),
    entry('TABLE', 'a'),
    entry('ACL', 'TABLE b'),
    entry('TABLE', 'b'),
  ]
  expect(inRestoreOrder(entries).map(({ tag }) => tag)).toEqual([
    'a',
    'b',
    'TABLE a',
    'TABLE b',
    'm',
  ])
})

test('knows what is about large objects', () => {
  expect(isLargeObject(entry('SECURITY LABEL', 'LARGE OBJECT 7'))).toBe(true)
  expect(isLargeObject(entry('COMMENT', 'TABLE blob'))).toBe(false)
})
