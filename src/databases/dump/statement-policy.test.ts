import { expect, test } from 'vitest'
import { sampleBackup, sampleDump } from '../../text/fixtures/sample-dump.js'
import { readPlainDump } from './plain-reader.js'
import { SERVER_15 } from './statement-policy/fixtures/decide.js'
import { decideMetaCommand, decideStatement, usesUnaccent } from './statement-policy.js'

test.each([
  ['CREATE INDEX i ON t (unaccent(name))', true],
  ['CREATE INDEX i ON t USING gin (public.Unaccent((name)::text) public.gin_trgm_ops)', true],
  ['CREATE INDEX i ON t ("unaccent" /* x */ (name))', true],
  ["CREATE INDEX i ON t (name) WHERE x = 'unaccent('", false],
  ['CREATE INDEX unaccent ON t (name)', false],
  ['CREATE INDEX i ON t (f_unaccent(name))', false],
])('usesUnaccent: %s', (text, expected) => {
  expect(usesUnaccent(text)).toBe(expected)
})

const expected = {
  'odoo-15.0-demo.zip': {
    'run schema': 533 + 394 + 369 + 374,
    'run data': 533,
    'run sequence': 394,
    'run view': 15,
    'run constraint': 597,
    'run index': 594,
    'run foreignKey': 2021,
    'run comment': 5263,
    'run setting': 6,
    skip: 8,
  },
  'odoo-16.0-fresh.zip': {
    'run schema': 1693,
    'run extension': 1,
    'run data': 538,
    'run sequence': 400,
    'run view': 11,
    'run constraint': 608,
    'run index': 556,
    'run foreignKey': 2054,
    'run comment': 5428,
    'run setting': 6,
    skip: 9,
  },
}

test.for(Object.entries(expected))('everything in %s is run', async ([name, counts], context) => {
  const path = sampleBackup(name)
  if (path === undefined) return context.skip('../shared/data is not there')
  const seen: Record<string, number> = {}
  for await (const item of readPlainDump(sampleDump(path))) {
    const text = item.kind === 'copy' ? item.statement : item.text
    const decision =
      item.kind === 'meta' ? decideMetaCommand(text) : decideStatement(text, SERVER_15)
    const key = decision.kind === 'run' ? `run ${decision.class}` : decision.kind
    seen[key] = (seen[key] ?? 0) + 1
    if (decision.kind !== 'run') expect(text).toMatch(/^(?:SET|\\|COMMENT ON EXTENSION) ?/)
    else if (decision.class !== 'extension') expect(decision.text).toBe(text)
  }
  expect(seen).toEqual(counts)
})
