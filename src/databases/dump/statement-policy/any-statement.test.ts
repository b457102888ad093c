import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSingleStatement, tokenizeSql } from '../../../text/index.js'
import { decide } from './fixtures/decide.js'

const piece = fc.constantFrom(
  ...'CREATE ALTER DROP TABLE VIEW FUNCTION INDEX SCHEMA EXTENSION RULE OR REPLACE SELECT SET'.split(
    ' ',
  ),
  ...'INSERT INTO COPY FROM stdin COMMENT ON GRANT TO OWNER ROLE LANGUAGE c sql NOT NULL'.split(
    ' ',
  ),
  ...'CONSTRAINT ADD PRIMARY KEY FOREIGN REFERENCES BEGIN ATOMIC END CASE DO AS WITH OIDS'.split(
    ' ',
  ),
  ...'IF EXISTS ONLY setval set_config pg_catalog pg_read_file ALWAYS GENERATED INHERIT NO'.split(
    ' ',
  ),
  ...'( ) , . ; \' " * = $$ $1 -- /* */ : - \\'.split(' '),
  ...["'x'", '"y"', 'U&"z"', "E'\\''", '0x1$a$', '1', 'public.t', '\n', 'é'],
)

const statement = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(' '))

test('every text gets a decision, and what is run is one statement that can be read', () => {
  fc.assert(
    fc.property(statement, fc.constantFrom(150_018, 180_000), (text, serverVersion) => {
      const decision = decide(text, { serverVersion, keepGrants: true })
      expect(['run', 'skip', 'refuse']).toContain(decision.kind)
      if (decision.kind !== 'run') return
      const tokens = tokenizeSql(decision.text)
      expect(isSingleStatement(tokens)).toBe(true)
    }),
    { numRuns: 5000 },
  )
})

test('space and comments between the words change nothing', () => {
  const gap = fc.constantFrom(' ', '\n', '\t ', '/* ; */', '-- \n', ' /* /* */ */ ')
  const words = fc.constantFrom(
    ['CREATE', 'ROLE', 'x'],
    ['COPY', 't', 'FROM', 'PROGRAM', "'id'"],
    ['SET', 'ROLE', 'NONE'],
    ['ALTER', 'SYSTEM', 'SET', 'a', '=', '1'],
    ['CREATE', 'FUNCTION', 'f', '(', ')', 'RETURNS', 'int', 'LANGUAGE', 'c', 'AS', "'x'"],
    ['CREATE', 'SERVER', 's'],
    ['DO', "'x'"],
    ['INSERT', 'INTO', 't', 'VALUES', '(', 'lo_import', '(', "'x'", ')', ')'],
  )
  fc.assert(
    fc.property(words, fc.array(gap, { minLength: 12, maxLength: 12 }), (list, gaps) => {
      const text = list.map((word, at) => `${gaps[at]}${word}`).join('')
      expect(decide(text)).toEqual(decide(list.join(' ')))
    }),
  )
})
