import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { xmlOperations } from '../../src/scripts/hosts/python/xml/index.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { embedded, migrating, useHost } from './host-support.js'
import { compiledLxml, GUEST_FOLDER, pythonMissing, runPython } from './lxml-support.js'

const compiled = compiledLxml()

describe.skipIf(pythonMissing)('the package lxml', () => {
  let folder: TemporaryFolder
  beforeAll(async () => {
    folder = await temporaryFolder()
    await mkdir(join(folder.path, 'lxml', 'html'), { recursive: true })
    await writeFile(
      join(folder.path, 'lxml', '__init__.py'),
      'raise ImportError("not asked for")\n',
    )
    await writeFile(join(folder.path, 'lxml', 'etree.cpython-00-none.so'), '')
    await writeFile(join(folder.path, 'lxml', 'html', '__init__.py'), 'from .. import etree\n')
  })
  afterAll(() => folder.remove())

  test.skipIf(compiled === undefined)(
    compiled === undefined
      ? 'steps aside: no compiled lxml 4.9 on this machine'
      : 'steps aside for a compiled lxml that loads',
    () => {
      const source =
        'import lxml, lxml.etree, lxml.html; print(lxml.etree.__file__, lxml.html.__file__, lxml.__file__)'
      const paths = runPython(source, [GUEST_FOLDER, join(compiled ?? '', '..')])
        .trim()
        .split(' ')
      expect(paths.filter((path) => path.startsWith(compiled ?? '-'))).toHaveLength(3)
    },
  )

  it('takes lxml.html from a folder of the path, whatever compiled files lie there', () => {
    const source = 'import lxml.html; print(lxml.html.__file__, lxml.html.etree.__file__)'
    const [html, etree] = runPython(source, [GUEST_FOLDER, folder.path]).trim().split(' ')
    expect(html).toBe(join(folder.path, 'lxml', 'html', '__init__.py'))
    expect(etree).toBe(join(GUEST_FOLDER, 'lxml', 'etree.py'))
  })

  it('finds a folder that was put on the path later', () => {
    const source = `import lxml; sys.path.append(${JSON.stringify(folder.path)}); import lxml.html; print(lxml.html.__file__)`
    expect(runPython(source, [GUEST_FOLDER])).toContain(folder.path)
  })

  it.each(['html', 'builder'])('says what to install where lxml.%s is not there', (name) => {
    const source = `
try:
    import lxml.${name}
except ImportError as error:
    print(error)
`
    expect(runPython(source, [GUEST_FOLDER])).toContain('Install the package lxml')
  })

  it.each([
    'etree.XSLT(None)',
    'etree.iterparse("x")',
    'etree.Schematron(None)',
    'etree.DTD("x")',
    'etree.XMLPullParser()',
    'objectify.fromstring("<a/>")',
    'etree.RelaxNG(etree.XML("<a/>"))(etree.XML("<a/>"))',
  ])('%s can be named, and says that it cannot be used (item 59)', (expression) => {
    const source = `
from lxml import etree, objectify
try:
    ${expression}
except NotImplementedError as error:
    print(type(error).__name__, error)
`
    expect(runPython(source, [GUEST_FOLDER])).toMatch(/^StubUsed lxml\.(etree|objectify)\./)
  })
})

const GRAMMAR = `<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <include href="book.rng"/>
  <start><element name="shelf"><zeroOrMore><ref name="book"/></zeroOrMore></element></start>
</grammar>`
const BOOK = `<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <define name="book"><element name="book"><attribute name="title"/><empty/></element></define>
</grammar>`

describe('validation by the host', () => {
  const { run, write } = useHost(embedded)
  const operations = xmlOperations()

  it('refuses a bad data file with its line, which is that of the file (item 59)', async () => {
    await write('scripts/m/shelf.rng', GRAMMAR)
    await write('scripts/m/book.rng', BOOK)
    const { told, error } = await run(
      migrating(
        'import os',
        'from lxml import etree',
        'folder = os.path.dirname(__file__)',
        'grammar = etree.RelaxNG(etree.parse(os.path.join(folder, "shelf.rng")))',
        'good = etree.XML(\'<shelf><book\\n title="a"/></shelf>\')',
        'bad = etree.XML(\'<shelf>\\n<book\\n title="a"/>\\n<pen\\n/></shelf>\')',
        'moultg.call("tell", grammar.validate(good), grammar.validate(bad))',
        'moultg.call("tell", [entry.line for entry in grammar.error_log][0])',
        'try:',
        '    grammar.assertValid(bad)',
        'except etree.DocumentInvalid as invalid:',
        '    moultg.call("tell", str(invalid))',
      ),
      { file: 'scripts/m/pre-validate.py', operations },
    )
    expect(error).toBeUndefined()
    expect(told.slice(0, 3)).toEqual([true, false, 5])
    expect(told[3]).toMatch(/pen.*line 5|line 5/)
  })

  it('tells of a grammar that is none', async () => {
    const { told } = await run(
      migrating(
        'from lxml import etree',
        'try:',
        '    etree.RelaxNG(etree.XML("<nothing/>"))(etree.XML("<a/>"))',
        'except etree.RelaxNGParseError as error:',
        '    moultg.call("tell", "refused")',
      ),
      { operations },
    )
    expect(told).toEqual(['refused'])
  })

  it('validates by XML Schema', async () => {
    const { told } = await run(
      migrating(
        'from lxml import etree',
        'schema = etree.XMLSchema(etree.XML(\'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\'',
        '    \'<xs:element name="amount" type="xs:decimal"/></xs:schema>\'))',
        'moultg.call("tell", schema(etree.XML("<amount>1.5</amount>")), schema(etree.XML("<amount>x</amount>")))',
      ),
      { operations },
    )
    expect(told).toEqual([true, false])
  })
})
