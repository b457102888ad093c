import { describe, expect, it } from 'vitest'
import { readCommit } from './loader-commit.js'

describe('what Odoo tells of a commit', () => {
  it('names the module that is done, what it was before, and what it loaded', () => {
    const state = JSON.stringify({
      module: 'sale',
      version: '15.0.1.2',
      state: 'to upgrade',
      xml_ids: ['sale.menu', 'sale.view'],
    })
    expect(readCommit('module', state)).toEqual({
      kind: 'module',
      module: 'sale',
      previousVersion: '15.0.1.2',
      previousState: 'to upgrade',
      loadedXmlIds: ['sale.menu', 'sale.view'],
      state,
    })
  })

  it('has no module at the end', () => {
    expect(readCommit('end', '{}')).toMatchObject({ kind: 'end', module: undefined })
  })

  it.each([
    ['a kind that is none', 'whatever', '{}'],
    ['a state that is no JSON', 'module', '{'],
    ['a state that is no object', 'module', '[]'],
  ])('is refused with %s', (_, kind, state) => {
    expect(() => readCommit(kind, state)).toThrow(
      expect.objectContaining({ code: 'GUEST_ANSWER_MALFORMED' }),
    )
  })
})
