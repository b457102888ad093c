import { describe, expect, test } from 'vitest'
import { apriori, field, release, xmlId } from '../fixtures/records.js'
import type { FieldRecord, ModelRecord, XmlIdRecord } from '../records/release-records.js'
import { analysisText } from '../texts/analysis-text.js'
import { generalLog } from '../texts/general-log.js'
import { compareReleases } from './compare-releases.js'

const RENAMES = apriori({
  renamedModules: new Map([['old_sale', 'sale']]),
  mergedModules: new Map([['gone', 'sale']]),
  renamedModels: new Map([['old.model', 'new.model']]),
  mergedModels: new Map([['merged.model', 'new.model']]),
})

/** Lines of all files, without heads. */
function lines(
  part: 'fields' | 'models' | 'xmlIds',
  old: readonly (FieldRecord | ModelRecord | XmlIdRecord)[],
  now: readonly (FieldRecord | ModelRecord | XmlIdRecord)[],
  as17 = false,
): readonly string[] {
  const { modules } = compareReleases(
    release('15.0', [], { [part]: old }),
    release('16.0', [], { [part]: now }),
    { apriori: RENAMES, as17 },
  )
  return [...modules.values()].flatMap((module) =>
    module[part].map(({ text, module: name }) => `${name}| ${text}`),
  )
}

describe('fields', () => {
  test.each<[string, FieldRecord[], FieldRecord[], string[]]>([
    ['that are the same say nothing', [field('sale a.b')], [field('sale a.b')], []],
    [
      'that are new tell what they have',
      [],
      [field('sale a.b', { required: 'required', hasdefault: 'default' })],
      [
        'sale| sale         / a                        / b (char)                      : NEW required, hasdefault: default',
      ],
    ],
    [
      'that are new and computed tell whether they are stored',
      [],
      [field('sale a.b', { isfunction: 'function' })],
      [
        'sale| sale         / a                        / b (char)                      : NEW isfunction: function, stored',
      ],
    ],
    [
      'that are computed whenever they are read are no news',
      [],
      [{ ...field('sale a.b'), attributes: { type: 'char', isrelated: 'related' } }],
      [],
    ],
    [
      'that are gone are filed under what their module became',
      [field('old_sale a.b', { type: 'many2one', relation: 'x.y' }), field('sale a.c')],
      [field('sale a.c')],
      [
        'sale| old_sale     / a                        / b (many2one)                  : DEL relation: x.y',
      ],
    ],
    [
      'of a renamed model are matched',
      [field('old_sale old.model.b')],
      [field('sale new.model.b', { type: 'text' })],
      [
        "sale| old_sale     / old.model                / b (char)                      : type is now 'text' ('char')",
      ],
    ],
    [
      'of a merged model are not matched',
      [field('sale merged.model.b')],
      [field('sale new.model.b')],
      [
        'sale| sale         / merged.model             / b (char)                      : DEL ',
        'sale| sale         / new.model                / b (char)                      : NEW ',
      ].map((line) => line.trimEnd()),
    ],
    [
      'that went to another module are told in both',
      [field('sale a.b')],
      [field('stock a.b')],
      [
        "sale| sale         / a                        / b (char)                      : module is now 'stock' ('sale')",
        'stock| stock        / a                        / b (char)                      : previously in module sale',
      ],
    ],
    [
      'tell what changed',
      [field('sale a.b', { relation: 'x', table: 't', column1: 'c', isfunction: 'function' })],
      [field('sale a.b', { relation: 'y', table: 'u', column1: 'd', required: 'required' })],
      [
        "sale| sale         / a                        / b (char)                      : column1 is now 'd' ('c') [t]",
        'sale| sale         / a                        / b (char)                      : not a function anymore',
        'sale| sale         / a                        / b (char)                      : now required',
        "sale| sale         / a                        / b (char)                      : relation is now 'y' ('x') [nothing to do]",
        "sale| sale         / a                        / b (char)                      : table is now 'u' ('t')",
      ],
    ],
    [
      'that are only changed by a module have no type',
      [],
      [{ ...field('sale a.b'), mode: 'modify', attributes: { selection_keys: "['x']" } }],
      [
        "sale| sale         / a                        / b (False)                     : NEW selection_keys: ['x'], mode: modify",
      ],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(lines('fields', old, now)).toEqual(expected)
  })
})

describe('models', () => {
  const model = (text: string, type: ModelRecord['type'] = ''): ModelRecord => {
    const [module = '', name = ''] = text.split(' ')
    return { module, model: name, type }
  }

  test.each<[string, ModelRecord[], ModelRecord[], string[]]>([
    ['that are new', [], [model('sale a.b', 'transient')], ['sale| new model a.b [transient]']],
    ['that are gone', [model('gone a.b')], [], ['sale| obsolete model a.b']],
    [
      'that were renamed, into another module',
      [model('stock old.model')],
      [model('sale new.model')],
      [
        'sale| new model new.model (renamed from old.model in module stock)',
        'stock| obsolete model old.model (renamed to new.model in module sale)',
      ],
    ],
    [
      'that moved',
      [model('stock a.b')],
      [model('sale a.b')],
      ['sale| model a.b (moved from stock)', 'stock| model a.b (moved to sale)'],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(lines('models', old, now)).toEqual(expected)
  })

  test('are told with the mistakes of branch 17.0 where that is asked for', () => {
    const old = [model('sale old.model', 'abstract')]
    expect(lines('models', old, [model('sale new.model')], true)).toContain(
      "sale| obsolete model old.model (renamed to new.model) [column['model_type']]",
    )
  })
})

describe('xml ids', () => {
  test.each<[string, XmlIdRecord[], XmlIdRecord[], string[]]>([
    ['that are the same say nothing', [xmlId('x sale.a')], [xmlId('x sale.a')], []],
    [
      'that are new or gone, sorted by model',
      [xmlId('y sale.b', { noupdate: true })],
      [xmlId('z sale.a'), xmlId('x sale.c')],
      ['sale| NEW x: sale.c', 'sale| DEL y: sale.b (noupdate)', 'sale| NEW z: sale.a'],
    ],
    [
      'that another module names are passed over',
      [xmlId('x base.a', { module: 'sale' })],
      [xmlId('x base.b', { module: 'sale' })],
      [],
    ],
    [
      'of a renamed module, and their views',
      [xmlId('x old_sale.a'), xmlId('ir.ui.view old_sale.v')],
      [xmlId('x sale.a'), xmlId('ir.ui.view sale.v')],
      [
        'sale| NEW ir.ui.view: sale.v',
        'sale| DEL ir.ui.view: old_sale.v',
        'sale| NEW x: sale.a [renamed from old_sale module]',
        'sale| DEL x: old_sale.a [renamed to sale module]',
      ],
    ],
    [
      'whose flag, domain or definition changed',
      [
        xmlId('x sale.a', { noupdate: true }),
        xmlId('x sale.b', { domain: "[('a', '=', 1)]" }),
        xmlId('x sale.c', { definition: 'unique(a)' }),
      ],
      [xmlId('x sale.a'), xmlId('x sale.b'), xmlId('x sale.c', { definition: 'unique(b)' })],
      [
        'sale| x: sale.a (noupdate switched)',
        'sale| x: sale.b (deleted domain)',
        "sale| x: sale.c (changed definition: is now 'unique(b)' ('unique(a)'))",
      ],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(lines('xmlIds', old, now)).toEqual(expected)
  })
})

test('a module without changes has a file that says so', () => {
  const { modules } = compareReleases(release('15.0', ['uom']), release('16.0', ['uom']), {
    apriori: RENAMES,
  })
  const [uom] = modules.values()
  expect(uom && analysisText(uom)).toBe(
    "---Models in module 'uom'---\n---Fields in module 'uom'---\n---XML records in module 'uom'---\n---nothing has changed in this module--\n",
  )
})

test('the general log counts fields and tells modules that are not installed', () => {
  const old = release('15.0', ['a', 'b'], { fields: [field('b x.y'), field('a k.l')] })
  const now = release('16.0', ['a'], { fields: [field('a k.l'), field('a k.m')] })
  const log = generalLog(compareReleases(old, now, { apriori: RENAMES }))
  expect(log.split('\n')).toEqual([
    "---Models in module 'general'---",
    "---Fields in module 'general'---",
    '# 1 fields matched,',
    '# Direct match: 1',
    '# Found in other module: 0',
    '# Found with different type: 0',
    '# In obsolete models: 1',
    '# New columns: 1',
    '# Not matched: 1',
    "---XML records in module 'general'---",
    'ERROR: module not in list of installed modules:',
    "---Models in module 'b'---",
    "---Fields in module 'b'---",
    'b            / x                        / y (char)                      : DEL',
    "---XML records in module 'b'---",
    '',
  ])
})

test('lines keep their ids when values change', () => {
  const idOf = (keys: string): string | undefined => {
    const old = release('15.0', ['sale'], {
      fields: [field('sale a.b', { selection_keys: "['x']" })],
    })
    const now = release('16.0', ['sale'], { fields: [field('sale a.b', { selection_keys: keys })] })
    return compareReleases(old, now, { apriori: RENAMES }).modules.get('sale')?.fields[0]?.id
  }
  expect(idOf("['y']")).toBe(idOf("['z']"))
})
