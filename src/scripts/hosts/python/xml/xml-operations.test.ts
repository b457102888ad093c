import { mkdir, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type TemporaryFolder,
  temporaryFolder,
} from '../../../../../test/support/temporary-folder.js'
import type { GuestOperations, GuestValue } from '../../../values/index.js'
import { xmlOperations } from './index.js'

const RELAXNG = `<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <start><element name="shelf"><zeroOrMore><ref name="book"/></zeroOrMore></element></start>
  <define name="book"><element name="book"><attribute name="title"/><empty/></element></define>
</grammar>`
const XSD = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="amount" type="xs:decimal"/>
</xs:schema>`

async function validate(
  operations: GuestOperations,
  args: readonly GuestValue[],
  keywords: Readonly<Record<string, GuestValue>> = {},
): Promise<unknown> {
  const answer = await operations['xml.validate']?.(args, new Map(Object.entries(keywords)))
  if (answer?.kind !== 'value' || !Array.isArray(answer.value)) throw new Error('no list')
  return answer.value.map((remark: ReadonlyMap<string, unknown>) => Object.fromEntries(remark))
}

describe('xml.validate', () => {
  const operations = xmlOperations()

  it.each([
    { name: 'a valid document', document: '<shelf>\n<book title="x"/></shelf>', lines: [] },
    { name: 'an empty shelf', document: '<shelf/>', lines: [] },
    { name: 'a wrong element', document: '<shelf>\n\n<pen title="x"/></shelf>', lines: [3, 1] },
    { name: 'text that is no XML', document: '<shelf>\n<book</shelf>', lines: [2] },
  ])('tells of $name where it is wrong', async ({ document, lines }) => {
    const remarks = (await validate(operations, ['relaxng', RELAXNG, document])) as {
      line: number
    }[]
    expect([...new Set(remarks.map(({ line }) => line))]).toEqual(
      lines.length === 0 ? [] : expect.arrayContaining([lines[0]]),
    )
  })

  it('validates by XSD, with line and message', async () => {
    expect(await validate(operations, ['xmlschema', XSD, '<amount>1.5</amount>'])).toEqual([])
    expect(await validate(operations, ['xsd', XSD, '\n<amount>x</amount>'])).toEqual([
      { line: 2, column: 0, message: expect.stringContaining("'x' is not a valid value") },
    ])
  })

  it('tells lines beyond 65,535', async () => {
    const document = `<shelf>${'\n'.repeat(70_000)}<pen/></shelf>`
    expect(await validate(operations, ['relaxng', RELAXNG, document])).toContainEqual(
      expect.objectContaining({ line: 70_001 }),
    )
  })

  it.each([
    ['a kind that there is not', ['dtd', RELAXNG, '<a/>'], 'value'],
    ['a grammar that is no XML', ['relaxng', '<grammar', '<a/>'], 'value'],
    [
      'a faulty grammar',
      ['relaxng', RELAXNG.replace('name="book"/>', 'name="pen"/>'), '<a/>'],
      'value',
    ],
    ['a number as a document', ['relaxng', RELAXNG, 1], 'type'],
    ['no grammar', ['relaxng', null, '<a/>'], 'type'],
  ] as const)('refuses %s', async (_, args, kind) => {
    await expect(validate(operations, args)).rejects.toMatchObject({ name: 'GuestError', kind })
  })

  it('loads no file that a document or a grammar text names', async () => {
    const entity = '<!DOCTYPE shelf [<!ENTITY e SYSTEM "file:///etc/passwd">]><shelf>&e;</shelf>'
    const shown = JSON.stringify(await validate(operations, ['relaxng', RELAXNG, entity]))
    expect(shown).not.toContain('root:')
    const including = RELAXNG.replace('<start>', '<include href="/etc/passwd"/><start>')
    await expect(validate(operations, ['relaxng', including, '<shelf/>'])).rejects.toMatchObject({
      kind: 'value',
    })
  })
})

describe('xml.validate with the texts of what a grammar includes', () => {
  const [start = '', rest = ''] = RELAXNG.split('<define')
  const text = `${start.replace('<start>', '<include href="./book.rng"/><start>')}</grammar>`
  const book = `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><define${rest}`
  const grammar = (url: string | null, files: ReadonlyMap<string, string>): GuestValue =>
    new Map<GuestValue, GuestValue>([
      ['text', text],
      ['url', url],
      ['files', files],
    ])

  it.each([null, '/src/0/base/rng/shelf.rng', 'rng/shelf.rng'])('from %s', async (url) => {
    const operations = xmlOperations()
    const given = grammar(url, new Map([['./book.rng', book]]))
    expect(
      await validate(operations, ['relaxng', given, '<shelf><book title="x"/></shelf>']),
    ).toEqual([])
    expect(await validate(operations, ['relaxng', given, '<shelf><pen/></shelf>'])).not.toEqual([])
    const other = grammar(
      url,
      new Map([['./book.rng', book.replace('element name="book"', 'element name="pen"')]]),
    )
    expect(
      await validate(operations, ['relaxng', other, '<shelf><pen title="x"/></shelf>']),
    ).toEqual([])
    await expect(
      validate(operations, ['relaxng', grammar(url, new Map()), '<shelf/>']),
    ).rejects.toMatchObject({ kind: 'value' })
  })
})

describe('xml.validate with grammars in files', () => {
  let folder: TemporaryFolder
  let operations: GuestOperations
  const at = (name: string): string => join(folder.path, 'rng', name)
  beforeAll(async () => {
    folder = await temporaryFolder()
    await mkdir(join(folder.path, 'rng'))
    const [start = '', rest = ''] = RELAXNG.split('<define')
    await writeFile(
      at('shelf.rng'),
      `${start.replace('<start>', '<include href="book.rng"/><start>')}</grammar>`,
    )
    await writeFile(
      at('book.rng'),
      `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><define${rest}`,
    )
    await writeFile(join(folder.path, 'secret.rng'), RELAXNG)
    await symlink(join(folder.path, 'secret.rng'), at('link.rng'))
    const host = await realpath(join(folder.path, 'rng'))
    operations = xmlOperations({ mounts: [{ guest: '/src/0', host, shown: host }] })
  })
  afterAll(() => folder.remove())

  it('includes what lies beside it, and sees when that changes', async () => {
    const check = (): Promise<unknown> =>
      validate(operations, ['relaxng', null, '<shelf><pen title="x"/></shelf>'], {
        file: '/src/0/shelf.rng',
      })
    expect(await check()).not.toEqual([])
    const text = await readFile(at('book.rng'), 'utf8')
    await writeFile(at('book.rng'), text.replace('element name="book"', 'element name="pen"'))
    expect(await check()).toEqual([])
  })

  it.each(['/etc/passwd', '/src/0/../secret.rng', '/src/0/link.rng', '/src/0/missing.rng'])(
    'does not read %s',
    async (file) => {
      await expect(
        validate(operations, ['relaxng', null, '<shelf/>'], { file }),
      ).rejects.toMatchObject({ kind: 'value', message: expect.stringContaining('cannot be read') })
    },
  )
})

const odoo = process.env.MOULT_TEST_ODOO16

describe.skipIf(odoo === undefined)(
  'the grammar of Odoo 16 (set MOULT_TEST_ODOO16 to its source tree)',
  () => {
    it('finds the data files of base valid, a wrong one not, in little time', async () => {
      const tree = odoo ?? ''
      const operations = xmlOperations()
      const grammar = await readFile(join(tree, 'odoo/import_xml.rng'), 'utf8')
      const data = join(tree, 'odoo/addons/base/data')
      const names = (await readdir(data)).filter((name) => name.endsWith('.xml'))
      const texts = await Promise.all(names.map((name) => readFile(join(data, name), 'utf8')))
      await validate(operations, ['relaxng', grammar, '<odoo/>'])
      const started = performance.now()
      for (const text of texts) {
        expect(await validate(operations, ['relaxng', grammar, text])).toEqual([])
      }
      expect(performance.now() - started).toBeLessThan(200 * names.length)
      const wrong = '<odoo>\n<rekord id="a" model="b"/></odoo>'
      expect(await validate(operations, ['relaxng', grammar, wrong])).toContainEqual(
        expect.objectContaining({ line: 2 }),
      )
    })
  },
)
