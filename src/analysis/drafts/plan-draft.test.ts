import ts from 'typescript'
import { expect, test } from 'vitest'
import { compareReleases } from '../compare/compare-releases.js'
import { apriori, field, release, xmlId } from '../fixtures/records.js'
import { suggestRenames } from '../renames/suggest-renames.js'
import { planDraft } from './plan-draft.js'
import { pythonDraft } from './python-draft.js'
import { typescriptDraft } from './typescript-draft.js'

const label = { label: 'Seller' }
const old = release('15.0', ['sale'], {
  models: [{ module: 'sale', model: 'old.model', type: '' }],
  fields: [
    field('sale a.b', { type: 'char' }),
    field('sale a.seller', { type: 'many2one', relation: 'res.users' }, label),
    field('sale a.state', { type: 'selection', selection_keys: "['x', \"it's\"]" }),
  ],
  xmlIds: [
    xmlId('ir.model.constraint sale.constraint_a_code_uniq', { table: 'a' }),
    xmlId('x sale.kept', { noupdate: true }),
    xmlId('y other.moved'),
  ],
})
const now = release('16.0', ['sale'], {
  models: [{ module: 'sale', model: 'new.model', type: '' }],
  fields: [
    field('sale a.b', { type: 'text' }),
    field('sale a.seller_id', { type: 'many2one', relation: 'res.users' }, label),
    field('sale a.state', { type: 'selection', selection_keys: "['x']" }),
  ],
  xmlIds: [xmlId('y sale.moved')],
})
const comparison = compareReleases(old, now, {
  apriori: apriori({ renamedModels: new Map([['old.model', 'new.model']]) }),
})
const analysis = comparison.modules.get('sale')
if (analysis === undefined) throw new Error('The fixture has a module sale')
const noupdateFile = '16.0.1.0/noupdate_changes.xml'
const steps = planDraft({ analysis, suggestions: suggestRenames(comparison), noupdateFile })

test('every change that asks for work has a step with its line', () => {
  expect(
    steps.map(({ phase, call, isGuess }) => `${phase} ${call.kind}${isGuess ? '?' : ''}`),
  ).toEqual([
    'pre rename models',
    'pre rename tables',
    'pre copy column',
    'pre rename field?',
    'pre copy column',
    'post map values?',
    'pre rename xml ids',
    'pre drop constraint',
    'post delete records',
    'post load data',
  ])
  expect(steps.flatMap(({ lines }) => lines)).toContain(
    'obsolete model old.model (renamed to new.model)',
  )
})

test('in Python it calls openupgradelib, guesses in comments', () => {
  const pre = pythonDraft(
    'sale',
    steps.filter(({ phase }) => phase === 'pre'),
  )
  expect(pre).toContain(
    "    openupgrade.rename_models(env.cr, [\n        ('old.model', 'new.model'),\n    ])",
  )
  expect(pre).toContain("    # openupgrade.rename_fields(env, [('a', 'a', 'seller', 'seller_id')])")
  expect(pre).toContain("    openupgrade.copy_columns(env.cr, {'a': [('b', None, None)]})")
  expect(pre).toContain("        env, 'sale', 'a', 'code_uniq'\n")
  const post = pythonDraft(
    'sale',
    steps.filter(({ phase }) => phase === 'post'),
  )
  expect(post).toContain(`    openupgrade.load_data(env, 'sale', '${noupdateFile}')`)
  expect(post).toContain(`    #     [("it's", …)],`)
})

test('in TypeScript it is a program that imports what it calls', () => {
  const text = typescriptDraft('sale', steps)
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true })
  expect(diagnostics.map(({ messageText }) => messageText)).toEqual([])
  expect(text).toContain(
    "import { copyColumns, deleteRecordsByXmlId, deleteSqlConstraint, renameModels, renameTables, renameXmlIds, type ScriptEnvironment } from 'moult'",
  )
  expect(text).toContain("await deleteSqlConstraint(env.helpers, 'sale', 'a', 'code_uniq')")
})
