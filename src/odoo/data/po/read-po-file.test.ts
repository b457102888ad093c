import { describe, expect, test } from 'vitest'
import { readPoFile } from './read-po-file.js'
import { readPoReference } from './read-po-reference.js'

const HEAD =
  'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'

function read(text: string, template?: string) {
  return readPoFile({
    file: 'm/i18n/fr.po',
    content: Buffer.from(HEAD + text),
    ...(template !== undefined && {
      template: { file: 'm/i18n/m.pot', content: Buffer.from(HEAD + template) },
    }),
  })
}

describe('a PO file', () => {
  test('gives entries with what they belong to', () => {
    const { entries, language } = read(`#. module: sale, stock
#: model:ir.model,name:sale.model_sale_order
#: model_terms:ir.ui.view,arch_db:sale.view_x
#: code:addons/sale/models/sale.py:12
#: code:addons/sale/models/sale.py:90
#, fuzzy
msgid "Order\\n"
"line"
msgstr "Commande"
`)
    expect(language).toBe('fr')
    expect(entries).toEqual([
      {
        source: 'Order\nline',
        translation: 'Commande',
        module: 'sale',
        isFuzzy: true,
        comments: [],
        references: [
          {
            kind: 'model',
            model: 'ir.model',
            field: 'name',
            module: 'sale',
            name: 'model_sale_order',
          },
          {
            kind: 'model_terms',
            model: 'ir.ui.view',
            field: 'arch_db',
            module: 'sale',
            name: 'view_x',
          },
          { kind: 'code', path: 'addons/sale/models/sale.py', line: 12 },
        ],
      },
    ])
  })

  test('leaves out entries that are obsolete or without a module', () => {
    const { entries, findings } = read(
      'msgid "a"\nmsgstr "b"\n\n#~ msgid "old"\n#~ msgstr "vieux"\n',
    )
    expect(entries).toEqual([])
    expect(findings).toMatchObject([{ code: 'PO_ENTRY_WITHOUT_MODULE' }])
  })

  test('takes comments and references from its template, and drops what that lacks', () => {
    const entry = (id: string, field: string) =>
      `#. module: m\n#: model:a.b,${field}:m.x\nmsgid "${id}"\nmsgstr "${id}!"\n\n`
    const { entries } = read(entry('a', 'old') + entry('b', 'old'), entry('a', 'now'))
    expect(entries).toMatchObject([
      { source: 'a', translation: 'a!', references: [{ field: 'now' }] },
    ])
  })

  test('tells references of no known kind', () => {
    const { findings } = read('#. module: m\n#: nonsense\nmsgid "a"\nmsgstr "b"\n')
    expect(findings).toMatchObject([{ code: 'PO_REFERENCE_UNKNOWN' }])
  })

  test.each([
    ['no UTF-8', Buffer.from('msgid "\xe9"', 'latin1'), 'DATA_NOT_UTF8'],
    ['no PO', Buffer.from('msgid "a"\nmsgstr[x] "b"'), 'PO_INVALID'],
  ])('that is %s is refused', (_, content, code) => {
    expect(() => readPoFile({ file: 'fr.po', content })).toThrow(expect.objectContaining({ code }))
  })
})

test.each([
  ['selection:a.b,c', 'old'],
  ['sql_constraint:a.b', 'old'],
  ['model:a.b,c:m.name-with.dots', 'model'],
  ['code:addons/x.js:0', 'code'],
])('the reference %s is of kind %s', (text, kind) => {
  expect(readPoReference(text)?.kind).toBe(kind)
})
