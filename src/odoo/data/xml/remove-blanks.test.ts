import { XmlDocument } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { removeBlanks } from './remove-blanks.js'

function without(text: string): string {
  const document = XmlDocument.fromString(text)
  try {
    removeBlanks(document.root)
    return document.root.toString({ format: false, noDeclaration: true })
  } finally {
    document.dispose()
  }
}

// By the rules of libxml2 2.9 (parser.c, areBlanks).
test.each([
  ['between elements it goes', '<a>\n <b/>\n <c/>\n</a>', '<a><b/><c/></a>'],
  ['all there is stays', '<a> </a>', '<a> </a>'],
  ['behind text at the beginning it stays', '<a>x<b/> <c/> </a>', '<a>x<b/> <c/> </a>'],
  ['behind text in the middle it goes', '<a><b/>,\n<c/>\n</a>', '<a><b/>,\n<c/></a>'],
  [
    'behind text that begins with a blank it stays',
    '<a> <b/> x<c/> <d/> </a>',
    '<a><b/> x<c/> <d/> </a>',
  ],
  [
    'behind text that begins with a blank in another element it goes',
    '<a><b> x</b> <c/> </a>',
    '<a><b> x</b><c/></a>',
  ],
  ['behind letters outside of ASCII it stays', '<a> <b/>é<c/> </a>', '<a><b/>é<c/> </a>'],
  ['behind CDATA it stays', '<a><![CDATA[x]]> <b/> </a>', '<a><![CDATA[x]]> <b/> </a>'],
  [
    'where the document says so it stays',
    '<a xml:space="preserve"> <b/> </a>',
    '<a xml:space="preserve"> <b/> </a>',
  ],
])('%s', (_, text, expected) => {
  expect(without(text)).toBe(expected)
})
