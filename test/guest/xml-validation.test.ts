import { describe, expect, it } from 'vitest'
import { xmlOperations } from '../../src/scripts/hosts/python/xml/index.js'
import { interpreters, migrating, useHost } from './host-support.js'

const SCRIPT = migrating(
  'import os, sys',
  '# A compiled lxml on this machine would take the place of what is tested.',
  'sys.path[:] = [p for p in sys.path if "dist-packages" not in p and "site-packages" not in p]',
  'from lxml import etree',
  'folder = os.path.dirname(os.path.abspath(__file__))',
  'grammar = etree.RelaxNG(etree.parse(os.path.join(folder, "shelf.rng")))',
  'good = etree.fromstring("<shelf>\\n<book title=\'x\'/></shelf>")',
  'bad = etree.fromstring("<shelf>\\n<book title=\'x\'/>\\n<pen/></shelf>")',
  'outcome = [grammar.validate(good), grammar.validate(bad), grammar.error_log[0].line]',
  'try:',
  '    grammar.assertValid(bad)',
  'except etree.DocumentInvalid as error:',
  '    outcome.append("pen" in str(error))',
  'schema = etree.XMLSchema(etree.fromstring("""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">',
  '  <xs:element name="amount" type="xs:decimal"/></xs:schema>"""))',
  'outcome.append(schema.validate(etree.fromstring("<amount>1.5</amount>")))',
  'outcome.append(schema.validate(etree.fromstring("<amount>x</amount>")))',
  'try:',
  '    etree.RelaxNG(etree.fromstring("<grammar xmlns=\'http://relaxng.org/ns/structure/1.0\'/>"))(good)',
  'except etree.RelaxNGParseError:',
  '    outcome.append("faulty")',
  'moultg.call("tell", *outcome)',
)

const SHELF = `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="book.rng"/>
  <start><element name="shelf"><zeroOrMore><ref name="book"/></zeroOrMore></element></start></grammar>`
const BOOK = `<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <define name="book"><element name="book"><attribute name="title"/></element></define></grammar>`

describe.each(interpreters())('validation of XML in the guest, $name', (test) => {
  const host = useHost(test)

  it.skipIf(test.unavailable)(
    '59: RelaxNG and XSD refuse a bad document, with the line; includes are read beside the grammar',
    async () => {
      await host.write('scripts/m/16.0.1.0/shelf.rng', SHELF)
      await host.write('scripts/m/16.0.1.0/book.rng', BOOK)
      const { told, error } = await host.run(SCRIPT, { operations: xmlOperations() })
      expect(error).toBeUndefined()
      expect(told).toEqual([true, false, 3, true, true, false, 'faulty'])
    },
  )
})
