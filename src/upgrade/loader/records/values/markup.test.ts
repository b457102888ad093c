import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countElements, rootOf, rootTag } from './markup.js'

describe('markup of data files', () => {
  test.each([
    ['<form/>', 1],
    ['<a/><b/>', 2],
    ['<!-- <x/> --><a><b/></a> ', 1],
    ['<a t="1 &gt; 0"><a/></a><b></b>', 2],
    ['', 0],
  ])('counts the elements side by side in %j', (content, count) => {
    expect(countElements(content)).toBe(count)
  })

  test.each([
    ['<?xml version="1.0"?>\n<form><a/></form>\n   ', '<form><a/></form>'],
    ['<?xml version="1.0"?>\n<!-- before --><t/><!-- behind -->', '<t/>'],
  ])('keeps the root alone of %j', (arch, root) => {
    expect(rootOf(arch).endsWith(root.slice(-4))).toBe(true)
    expect(rootTag(arch)).toBe(rootTag(root))
  })

  test('keeps a root as it is, whatever surrounds it', () => {
    const blank = fc.stringMatching(/^[ \n\t]{0,5}$/)
    fc.assert(
      fc.property(blank, blank, fc.stringMatching(/^[a-z]{1,8}$/), (before, behind, name) => {
        const root = `<${name} a="1"><b/>text</${name}>`
        expect(rootOf(`<?xml version="1.0"?>${before}${root}${behind}`)).toBe(root)
      }),
    )
  })
})
