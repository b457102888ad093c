import { expect, test } from 'vitest'
import { compareReleases } from '../compare/compare-releases.js'
import { apriori, field, release, xmlId } from '../fixtures/records.js'
import { analysisText } from '../texts/analysis-text.js'
import { mergeWorkFile } from './merge-work-file.js'
import { judgeLines, remainingLines } from './remaining-lines.js'
import { readWorkFile, UNHANDLED, VANISHED } from './work-file.js'

const old = release('15.0', ['sale'], {
  fields: [field('sale a.gone'), field('sale a.keys', { selection_keys: "['x', 'y']" })],
  xmlIds: [xmlId('x sale.old', { noupdate: true })],
})
const now = release('16.0', ['sale'], {
  fields: [field('sale a.keys', { selection_keys: "['x']" }), field('sale a.fresh')],
})
const comparison = compareReleases(old, now, { apriori: apriori() })
const analysis = comparison.modules.get('sale')
if (analysis === undefined) throw new Error('The fixture has a module sale')

const WORK = `---Models in module 'sale'---
---Fields in module 'sale'---
sale         / a                        / keys (selection)              : selection_keys is now '['z']' ('['x', 'y']')
# DONE: post-migration: mapped

sale         / a                        / never (char)                  : DEL
# NOTHING TO DO

---XML records in module 'sale'---
DEL x: sale.old (noupdate)
#TODO
`

test('a comment holds for the lines above it', () => {
  const lines = readWorkFile(`${WORK}one\ntwo\n# NOTIHNG TO DO: both\n`)
  expect(lines.map(({ state }) => state)).toEqual([
    'done',
    'nothing to do',
    'to do',
    'nothing to do',
    'nothing to do',
  ])
})

test('what people wrote stays; values are brought up to date; what is new or vanished is marked', () => {
  const merged = mergeWorkFile(WORK, analysis)
  expect(merged.text.split('\n')).toEqual([
    "---Models in module 'sale'---",
    "---Fields in module 'sale'---",
    "sale         / a                        / keys (char)                   : selection_keys is now '['x']' ('['x', 'y']')",
    '# DONE: post-migration: mapped',
    '',
    '# NOTHING TO DO',
    '',
    UNHANDLED,
    'sale         / a                        / fresh (char)                  : NEW',
    'sale         / a                        / gone (char)                   : DEL',
    '',
    VANISHED,
    '# sale         / a                        / never (char)                  : DEL',
    '',
    "---XML records in module 'sale'---",
    'DEL x: sale.old (noupdate)',
    '#TODO',
    '',
  ])
  expect(merged.open).toHaveLength(3)
  expect(merged.changed).toHaveLength(1)
})

test('merging again changes nothing', () => {
  const once = mergeWorkFile(WORK, analysis).text
  expect(mergeWorkFile(once, analysis)).toMatchObject({ text: once, added: [], vanished: [] })
  const fresh = analysisText(analysis)
  expect(mergeWorkFile(fresh, analysis).text).toBe(fresh)
})

test('a line is answered by a comment, or by a script that names model and field', () => {
  const script = { name: '16.0.1.0/post-migration.py', text: 'UPDATE a SET gone = 1' }
  const judged = judgeLines(comparison, {
    scripts: new Map([['sale', [script]]]),
    workFiles: new Map([['sale', readWorkFile(WORK)]]),
  })
  expect(
    judged.get('sale')?.map(({ line, answer }) => [line.field ?? line.name, answer?.kind]),
  ).toEqual([
    ['gone', 'script'],
    ['keys', 'comment'],
    ['sale.old', undefined],
  ])
  expect(remainingLines(judged).get('sale')).toHaveLength(1)
})
