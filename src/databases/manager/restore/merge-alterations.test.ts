import { expect, test } from 'vitest'
import { decideStatement, type RunDecision } from '../../dump/index.js'
import { mergeAlterations } from './merge-alterations.js'

const target = {
  serverVersion: 150_000,
  engine: 'server',
  keepGrants: false,
  availableExtensions: new Set<string>(),
} as const

function decided(...texts: readonly string[]): readonly RunDecision[] {
  return texts.map((text) => decideStatement(text, target) as RunDecision)
}

const key = (table: string, name: string) =>
  `ALTER TABLE ONLY public.${table}\n    ADD CONSTRAINT ${name} FOREIGN KEY (a) REFERENCES public.b(id) ON DELETE SET NULL`

test('neighbouring foreign keys of one table become one statement', () => {
  const merged = mergeAlterations(decided(key('t', 'one'), key('t', 'two'), key('u', 'three')))
  expect(merged.length).toBe(2)
  expect(merged[0]).toMatch(
    /^ALTER TABLE ONLY public\.t\s+ADD CONSTRAINT one .*SET NULL,\s+ADD CONSTRAINT two /s,
  )
  expect(merged[1]).toBe(key('u', 'three'))
})

test('everything else stays as it is, in its order', () => {
  const texts = [
    'CREATE TABLE public.t (id integer)',
    'ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id)',
    key('t', 'one'),
    'CREATE INDEX i ON public.t USING btree (id)',
    key('t', 'two'),
  ]
  expect(mergeAlterations(decided(...texts))).toEqual(texts)
})
