import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MarkupKind } from '../markup/markup-node.js'
import { mergeTerms } from './merge-terms.js'
import { termRules } from './term-rules.js'
import { parseValue } from './translate-value.js'

const rules = termRules(16)
const terms = (value: string, kind: MarkupKind) => parseValue(value, { kind, rules })?.terms
const rebuilt = (value: string, kind: MarkupKind, texts: Readonly<Record<string, string>>) =>
  parseValue(value, { kind, rules })?.rebuild((term) => texts[term])

// Terms and values as odoo.tools.translate of 16.0 gives them.
describe('terms', () => {
  test.each([
    [
      'xml',
      '<form string="Form"><b>A</b> and <i>B</i><p title=" T ">C</p></form>',
      ['<b>A</b> and <i>B</i>', 'C', 'T', 'Form'],
    ],
    ['xml', '<t><span t-esc="x"/>After<script>no</script></t>', ['After']],
    [
      'xml',
      '<data><attribute name="string">S</attribute><attribute name="class">no</attribute></data>',
      ['S'],
    ],
    [
      'xml',
      '<a><input value="V"/><input type="hidden" value="no"/><p t-translation="off">no</p></a>',
      ['V'],
    ],
    ['xml', 'plain <b>text</b>', ['plain <b>text</b>']],
    ['xml', '<svg xmlns="http://www.w3.org/2000/svg"><text>In</text></svg>', ['In']],
    [
      'html',
      '<p>One<br>two</p>\n<img src="a b" alt="Alt"> &amp; &nbsp;',
      ['One<br>two', 'Alt', '&amp;'],
    ],
    ['html', '<p>a<p>b</p></p>', ['a', 'b']],
    ['html', '', []],
  ] as const)('of %s %j', (kind, value, expected) => {
    expect(terms(value, kind)).toEqual(expected)
  })

  test('are not looked for in html that only a browser would understand', () => {
    expect(parseValue('<a><td>x</td></a>', { kind: 'html', rules })).toBeUndefined()
  })
})

test.each([
  [
    'xml',
    '<a title="x">Hi</a>',
    { Hi: 'Salut & <b>vous</b>', x: '"y"' },
    '<a title="&quot;y&quot;">Salut &amp; <b>vous</b></a>',
  ],
  ['xml', '<?xml version="1.0"?>\n<a>x</a>\n', {}, '<a>x</a>'],
  ['xml', '<a>Hi</a>', { Hi: '<div>no</div>' }, '<a>Hi</a>'],
  ['html', '<p>Hi<br/></p>', { 'Hi<br>': 'Salut<br/>' }, '<p>Salut<br></p>'],
  [
    'html',
    '<ul><li></li></ul><a href=" /é b">x</a>',
    {},
    '<ul><li></ul><a href="/%C3%A9%20b">x</a>',
  ],
] as const)('%s %j with translations', (kind, value, texts, expected) => {
  expect(rebuilt(value, kind, texts)).toBe(expected)
})

test('a value without translations is a fixed point after one turn', () => {
  const word = fc.constantFrom('a', ' b ', 'é & c', '1 > 0', '"q"', '\u00a0')
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      word.map((text) => text.replaceAll('&', '&amp;').replaceAll('>', '&gt;')),
      fc
        .tuple(
          fc.constantFrom('b', 'div', 'span', 'form', 'field'),
          fc.constantFrom('', ' title="x"', ' t-if="a"'),
          fc.array(tie('node'), { maxLength: 3 }),
        )
        .map(([tag, attribute, inner]) => `<${tag}${attribute}>${inner.join('')}</${tag}>`),
    ),
  }))
  fc.assert(
    fc.property(node, fc.constantFrom('xml', 'html'), (inner, kind) => {
      const once = rebuilt(`<section>${inner}</section>`, kind, {})
      if (once === undefined) return
      expect(rebuilt(once, kind, {})).toBe(once)
      expect(terms(once, kind)).toEqual(terms(`<section>${inner}</section>`, kind))
    }),
  )
})

describe('translations that come in', () => {
  const cut = { kind: 'xml', rules } as const
  const given = new Map([
    ['A', { fr_FR: 'A neuf' }],
    ['B', { fr_FR: 'B neuf' }],
  ])

  test('fill what has none, and are counted where another wording stays', () => {
    const value = {
      en_US: '<p><u t-if="1"/>A<p>B</p></p>',
      fr_FR: '<p><u t-if="1"/>A mien<p>B</p></p>',
    }
    expect(mergeTerms(value, given, cut)).toEqual({
      value: { ...value, fr_FR: '<p><u t-if="1"/>A mien<p>B neuf</p></p>' },
      kept: 1,
    })
  })

  test('take over the source where nothing fits', () => {
    const value = { en_US: '<p>C</p>', de_DE: '<p>Z</p>' }
    expect(mergeTerms(value, given, cut)?.value).toEqual({ ...value, fr_FR: '<p>C</p>' })
  })

  test('leave a field without source alone', () => {
    expect(mergeTerms({ fr_FR: 'x' }, given, cut)).toBeUndefined()
  })
})
