import { describe, expect, test } from 'vitest'
import { readDataFile } from './read-data-file.js'

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
  Buffer.from(text, encoding)

function read(path: string, content: Uint8Array, major = 16) {
  return readDataFile({ path, file: `/m/${path}`, content, major })
}

function xml(text: string, major = 16) {
  const data = read('data/a.xml', bytes(text), major)
  if (data.kind !== 'xml') throw new Error(data.findings[0]?.message)
  return data
}

describe('an XML data file', () => {
  test('gives records with their fields, places and surroundings', () => {
    const data = xml(`<odoo>
  <data noupdate="1" context="{'lang': 'fr_FR'}">
    <record id="a" model="res.partner" forcecreate="0">
      <field name="name">Acme &amp; co</field>
      <field name="parent_id" ref="base.main_partner"/>
      <field name="active" eval="False"/>
      <field name="country_id" search="[('code', '=', 'BE')]" model="res.country" use="id"/>
    </record>
  </data>
</odoo>`)
    expect(data.scopes).toEqual([
      { line: 1 },
      { line: 2, parent: 0, noupdate: true, context: "{'lang': 'fr_FR'}" },
    ])
    expect(data.operations).toEqual([
      {
        kind: 'record',
        line: 3,
        scope: 1,
        model: 'res.partner',
        id: 'a',
        forcecreate: false,
        fields: [
          { name: 'name', line: 4, text: 'Acme & co' },
          { name: 'parent_id', line: 5, ref: 'base.main_partner' },
          { name: 'active', line: 6, eval: 'False' },
          {
            name: 'country_id',
            line: 7,
            search: "[('code', '=', 'BE')]",
            model: 'res.country',
            use: 'id',
          },
        ],
      },
    ])
  })

  test('keeps content as it is written, text before it apart', () => {
    const [record] = xml(
      `<odoo><record id="v" model="ir.ui.view"><field name="arch" type="xml"> <form><!-- c --><a b="&lt;"/> t </form>!</field></record></odoo>`,
    ).operations
    expect(record?.kind === 'record' && record.fields[0]).toEqual({
      ...{ name: 'arch', line: 1, type: 'xml', text: ' ' },
      content: '<form><!-- c --><a b="&lt;"/> t </form>!',
    })
  })

  test('reads nested records, lists, functions, deletes, templates and menus', () => {
    const { operations } = xml(`<odoo>
<record id="r" model="account.report"><field name="line_ids"><record id="l" model="account.report.line"/></field></record>
<record id="s" model="a.b"><field name="x" type="list"><value eval="1"/><value>2</value></field></record>
<function model="a.b" name="f"><value eval="[1]"/><function model="a.b" name="g" eval="()"/></function>
<delete model="a.b" id="gone"/>
<template id="t" inherit_id="web.layout"><xpath expr="." position="inside"/></template>
<menuitem id="m" name="M"><menuitem id="n" action="act"/></menuitem>
</odoo>`)
    expect(operations.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
      'record 2',
      'record 3',
      'function 4',
      'delete 5',
      'template 6',
      'menuitem 7',
    ])
    expect(operations).toMatchObject([
      { fields: [{ records: [{ id: 'l', model: 'account.report.line' }] }] },
      { fields: [{ type: 'list', values: [{ eval: '1' }, { text: '2' }] }] },
      { name: 'f', arguments: [{ eval: '[1]' }, { kind: 'function', name: 'g', eval: '()' }] },
      { id: 'gone' },
      { id: 't', xml: expect.stringContaining('<xpath expr="." position="inside"/>') },
      { id: 'm', menuitems: [{ id: 'n', attributes: { action: 'act' } }] },
    ])
  })

  test('with a shorthand that the release no longer knows is told', () => {
    const text = '<odoo><act_window id="a" res_model="res.partner" name="A"/></odoo>'
    expect(xml(text, 16).operations).toHaveLength(1)
    const late = xml(text, 17)
    expect(late.operations).toEqual([])
    expect(late.findings).toMatchObject([{ code: 'DATA_ELEMENT_UNKNOWN', place: { line: 1 } }])
  })

  test('in another encoding that it names is read', () => {
    const head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    const text = `${head}<odoo><record id="a" model="b"><field name="n">é</field></record></odoo>`
    const data = read('a.xml', bytes(text, 'latin1'))
    expect(data).toMatchObject({ operations: [{ fields: [{ text: 'é' }] }] })
  })
})

describe('a CSV data file', () => {
  test('gives rows with the lines on which they begin', () => {
    const text = 'id,name\na,"x\ny"\n\n,\nb,"say ""hi"""\n'
    expect(read('security/ir.model.access-x.csv', bytes(text))).toMatchObject({
      kind: 'csv',
      model: 'ir.model.access',
      columns: ['id', 'name'],
      rows: [
        { line: 2, values: ['a', 'x\ny'] },
        { line: 6, values: ['b', 'say "hi"'] },
      ],
      findings: [],
    })
  })

  test('tells quotes that Python reads differently', () => {
    const data = read('a.csv', bytes('id,name\n1,"a"b\n2,"never closed\n'))
    expect(data.findings.map(({ code, place }) => [code, place?.line])).toEqual([
      ['DATA_CSV_QUOTES', 2],
      ['DATA_CSV_QUOTES', 3],
    ])
    expect(data).toMatchObject({ rows: [{}, { values: ['2', 'never closed\n'] }] })
  })
})

const deep = (depth: number): string =>
  `<odoo>${'<data>'.repeat(depth)}${'</data>'.repeat(depth)}</odoo>`
const bomb = (levels: number): string => {
  const entities = Array.from(
    { length: levels },
    (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`,
  )
  return `<!DOCTYPE odoo [<!ENTITY a0 "lol">${entities.join('')}]><odoo>&a${levels};</odoo>`
}
const entity = (definition: string): string =>
  `<!DOCTYPE odoo [<!ENTITY ${definition}>]><odoo><record id="a" model="b"><field name="x">&e;</field></record></odoo>`

describe('a malformed file', () => {
  test.each<[string, string, string | Uint8Array, string]>([
    ['an empty XML file', 'a.xml', '', 'DATA_XML_INVALID'],
    ['XML that is only a comment', 'a.xml', '<!-- nothing -->', 'DATA_XML_INVALID'],
    ['XML that is not closed', 'a.xml', '<odoo><record>', 'DATA_XML_INVALID'],
    ['XML with two roots', 'a.xml', '<odoo/><odoo/>', 'DATA_XML_INVALID'],
    ['XML with an attribute twice', 'a.xml', '<odoo a="1" a="2"/>', 'DATA_XML_INVALID'],
    ['XML with an attribute without quotes', 'a.xml', '<odoo a=1/>', 'DATA_XML_INVALID'],
    ['XML with an unknown entity', 'a.xml', '<odoo>&nbsp;</odoo>', 'DATA_XML_INVALID'],
    ['XML with a control character', 'a.xml', '<odoo>\u0001</odoo>', 'DATA_XML_INVALID'],
    ['XML with a null byte', 'a.xml', '<odoo>\0</odoo>', 'DATA_XML_INVALID'],
    ['XML with an unknown prefix', 'a.xml', '<odoo><x:y/></odoo>', 'DATA_XML_INVALID'],
    [
      'XML in an unknown encoding',
      'a.xml',
      '<?xml version="1.0" encoding="x-none"?><odoo/>',
      'DATA_XML_INVALID',
    ],
    [
      'XML that is not in its encoding',
      'a.xml',
      bytes('<odoo>\xe9</odoo>', 'latin1'),
      'DATA_XML_INVALID',
    ],
    [
      'XML with half of UTF-16',
      'a.xml',
      Uint8Array.from([0xff, 0xfe, 0x3c, 0x00, 0x6f]),
      'DATA_XML_INVALID',
    ],
    [
      'XML with text before its declaration',
      'a.xml',
      ' <?xml version="1.0"?><odoo/>',
      'DATA_XML_INVALID',
    ],
    ['XML that is nested too deeply', 'a.xml', deep(3000), 'DATA_XML_INVALID'],
    ['an XML bomb', 'a.xml', bomb(12), 'DATA_XML_INVALID'],
    [
      'a quadratic XML bomb',
      'a.xml',
      entity(`e "${'x'.repeat(100_000)}"`).replace('&e;', '&e;'.repeat(5000)),
      'DATA_XML_INVALID',
    ],
    ['an entity that holds itself', 'a.xml', entity('e "&e;"'), 'DATA_XML_INVALID'],
    [
      'an external entity of the disk',
      'a.xml',
      entity('e SYSTEM "file:///etc/passwd"'),
      'DATA_XML_OUTSIDE',
    ],
    [
      'an external entity of the network',
      'a.xml',
      entity('e SYSTEM "http://127.0.0.1:9/x"'),
      'DATA_XML_OUTSIDE',
    ],
    ['a public external entity', 'a.xml', entity('e PUBLIC "x" "y.dtd"'), 'DATA_XML_OUTSIDE'],
    [
      'a parameter entity',
      'a.xml',
      '<!DOCTYPE odoo [<!ENTITY % p SYSTEM "p.dtd"> %p;]><odoo/>',
      'DATA_XML_OUTSIDE',
    ],
    [
      'XML with another root',
      'a.xml',
      '<templates><t t-name="a"/></templates>',
      'DATA_ELEMENT_UNKNOWN',
    ],
    [
      'XML with an unknown element',
      'a.xml',
      '<odoo><recrod id="a"/></odoo>',
      'DATA_ELEMENT_UNKNOWN',
    ],
    [
      'a record without a model',
      'a.xml',
      '<odoo><record id="a"/></odoo>',
      'DATA_RECORD_INCOMPLETE',
    ],
    ['CSV that is not UTF-8', 'a.csv', bytes('id,name\n1,\xe9', 'latin1'), 'DATA_NOT_UTF8'],
    ['CSV with an open quote', 'a.csv', 'id\n"', 'DATA_CSV_QUOTES'],
    ['CSV with half a quoted value', 'a.csv', 'id\n"a"b', 'DATA_CSV_QUOTES'],
    ['SQL that is not UTF-8', 'a.sql', bytes("SELECT '\xe9'", 'latin1'), 'DATA_NOT_UTF8'],
    ['an unknown kind of file', 'a.yml', '- a', 'DATA_KIND_UNKNOWN'],
    ['a file without a kind', 'a', '', 'DATA_KIND_UNKNOWN'],
  ])('%s is a finding', (_, path, content, code) => {
    const data = read(path, typeof content === 'string' ? bytes(content) : content)
    expect(data.findings.map((finding) => finding.code)).toContain(code)
    expect(data.findings[0]?.place?.file).toBe(`/m/${path}`)
  })

  test.each<[string, string, string, object]>([
    ['an empty CSV file', 'a.csv', '', { columns: [], rows: [] }],
    [
      'CSV with rows of other lengths',
      'a.csv',
      'id,b\n1\n2,3,4',
      { rows: [{ values: ['1'] }, { values: ['2', '3', '4'] }] },
    ],
    ['CSV with a byte order mark', 'a.csv', '\ufeffid\n1', { columns: ['id'] }],
    ['CSV with lines of old Macs', 'a.csv', 'id\r1', { rows: [{ line: 2, values: ['1'] }] }],
    [
      'a document type without entities',
      'a.xml',
      '<!DOCTYPE odoo SYSTEM "x.dtd"><odoo/>',
      { operations: [] },
    ],
    [
      'an entity of the file itself',
      'a.xml',
      entity('e "inside"'),
      { operations: [{ fields: [{ text: 'inside' }] }] },
    ],
    ['an empty root', 'a.xml', '<odoo/>', { operations: [] }],
  ])('%s is read', (_, path, content, expected) => {
    const data = read(path, bytes(content))
    expect(data.findings).toEqual([])
    expect(data).toMatchObject(expected)
  })
})
