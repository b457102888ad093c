import { describe, expect, test } from 'vitest'
import type { SourceValue } from '../../../../odoo/models/index.js'
import { commandsOf } from './commands.js'

const tuple = (...items: readonly SourceValue[]): SourceValue => ({ kind: 'tuple', items })

describe('commands for lists of records', () => {
  test.each<readonly [string, SourceValue, unknown]>([
    ['a list of ids', [3, 4], [{ kind: 'set', ids: [3, 4] }]],
    ['nothing', false, [{ kind: 'set', ids: [] }]],
    ['clear', [tuple(5, 0, 0)], [{ kind: 'set', ids: [] }]],
    ['set', [tuple(6, 0, [1, 2])], [{ kind: 'set', ids: [1, 2] }]],
    ['link without a third member', [tuple(4, 9)], [{ kind: 'link', id: 9 }]],
    ['unlink', [tuple(3, 9, 0)], [{ kind: 'unlink', id: 9 }]],
    ['delete', [tuple(2, 9)], [{ kind: 'delete', id: 9 }]],
    [
      'create',
      [tuple(0, 0, { kind: 'dict', entries: [['name', 'A']] })],
      [{ kind: 'create', values: new Map([['name', 'A']]) }],
    ],
    ['a text', 'abc', undefined],
    ['create without values', [tuple(0, 0, 7)], undefined],
  ])('reads %s', (_, value, expected) => {
    expect(commandsOf(value)).toEqual(expected)
  })
})
