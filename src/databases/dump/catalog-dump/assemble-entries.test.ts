import { describe, expect, it } from 'vitest'
import { InternalError } from '../../../base/index.js'
import { type Address, addressOf } from './address.js'
import { assembleEntries } from './assemble-entries.js'
import type { Edge } from './catalog-edges.js'
import type { Draft } from './draft.js'
import { linkDrafts } from './draft-graph.js'
import { orderRefreshes } from './refresh-order.js'

const relation = (oid: number): Address => addressOf('relation', oid)

function draft(description: string, address: Address, more: Partial<Draft> = {}): Draft {
  return {
    address,
    section: 'pre-data',
    description,
    namespace: 'public',
    tag: `${description.toLowerCase()} ${address.split('/')[1]}`,
    definition: `${description} ${address};`,
    ...more,
  }
}

const constraint = (oid: number, needs: readonly Address[] = []): Draft =>
  draft('CONSTRAINT', addressOf('constraint', oid), { section: 'post-data', needs })

/** A table whose definition says whether its default is in it. */
function tableWithDefault(oid: number, part: Address): Draft {
  return draft('TABLE', relation(oid), {
    definition: (isApart) => (isApart(part) ? 'without default' : 'with default'),
    parts: [draft('DEFAULT', part, { needs: [relation(oid)] })],
  })
}

/** A view whose query is a part, as `readViews` makes it. */
function view(oid: number, rule: Address): Draft {
  return draft('VIEW', relation(oid), {
    definition: (isApart) => (isApart(rule) ? 'placeholder' : 'query'),
    parts: [draft('RULE', rule, { section: 'post-data', needs: [relation(oid)] })],
  })
}

function assemble(
  drafts: readonly Draft[],
  edges: readonly Edge[] = [],
  companions: ReadonlyMap<Address, Address> = new Map(),
) {
  return assembleEntries(orderRefreshes(linkDrafts(drafts, edges, companions)))
}

describe('assembleEntries', () => {
  it('goes by section, kind and name where nothing else decides', () => {
    const entries = assemble([
      draft('INDEX', relation(5), { section: 'post-data' }),
      draft('TABLE DATA', addressOf('relation', 1, 'rows'), { section: 'data' }),
      draft('TABLE', relation(2), { tag: 'b' }),
      draft('SEQUENCE', relation(3), { tag: 'a_id_seq' }),
      draft('TABLE', relation(1), { tag: 'a' }),
      draft('SCHEMA', addressOf('schema', 9), { namespace: undefined }),
    ])
    expect(entries.map(({ id, description, tag }) => `${id} ${description} ${tag}`)).toEqual([
      '1 SCHEMA schema 9',
      '2 TABLE a',
      '3 SEQUENCE a_id_seq',
      '4 TABLE b',
      '5 TABLE DATA table data 1:rows',
      '6 INDEX index 5',
    ])
  })

  it('makes a default with its table', () => {
    const part = addressOf('default', 7)
    const entries = assemble([tableWithDefault(1, part)])
    expect(entries.map(({ definition }) => definition)).toEqual(['with default\n'])
  })

  it('makes a default later that needs a function of its own table', () => {
    const part = addressOf('default', 7)
    const used = addressOf('function', 8)
    const entries = assemble(
      [tableWithDefault(1, part), draft('FUNCTION', used)],
      [
        { of: part, on: used },
        { of: used, on: addressOf('type', 11) },
      ],
      new Map([[addressOf('type', 11), relation(1)]]),
    )
    expect(entries.map(({ description, dependencies }) => [description, dependencies])).toEqual([
      ['TABLE', []],
      ['FUNCTION', [1]],
      ['DEFAULT', [1, 2]],
    ])
    expect(entries[0]?.definition).toBe('without default\n')
  })

  it('makes a table with its default behind the function that the default needs', () => {
    const part = addressOf('default', 7)
    const used = addressOf('function', 8)
    const entries = assemble(
      [tableWithDefault(1, part), draft('FUNCTION', used), draft('TYPE', addressOf('type', 3))],
      [
        { of: part, on: used },
        { of: used, on: addressOf('type', 3) },
      ],
    )
    expect(entries.map(({ description }) => description)).toEqual(['TYPE', 'FUNCTION', 'TABLE'])
    expect(entries[2]?.definition).toBe('with default\n')
  })

  it('begins a view with a placeholder when its query needs a constraint', () => {
    const rule = addressOf('rule', 7)
    const entries = assemble(
      [draft('TABLE', relation(1)), view(2, rule), constraint(3, [relation(1)])],
      [{ of: rule, on: addressOf('constraint', 3) }],
    )
    expect(entries.map(({ description, section }) => `${section} ${description}`)).toEqual([
      'pre-data TABLE',
      'pre-data VIEW',
      'post-data CONSTRAINT',
      'post-data RULE',
    ])
    expect(entries[1]?.definition).toBe('placeholder\n')
  })

  it('moves what has no placeholder behind the rows, with all that depends on it', () => {
    const rule = addressOf('rule', 7)
    const stored = draft('MATERIALIZED VIEW', relation(2), { includes: [rule] })
    const routine = addressOf('function', 4)
    const entries = assemble(
      [stored, draft('FUNCTION', routine), constraint(3)],
      [
        { of: rule, on: addressOf('constraint', 3) },
        { of: routine, on: relation(2) },
      ],
    )
    expect(entries.map(({ description, section }) => `${section} ${description}`)).toEqual([
      'post-data CONSTRAINT',
      'post-data MATERIALIZED VIEW',
      'post-data FUNCTION',
    ])
  })

  it('refreshes a materialized view behind those that it reads through a view', () => {
    const refresh = (oid: number): Draft =>
      draft('MATERIALIZED VIEW DATA', addressOf('relation', oid, 'refresh'), {
        section: 'post-data',
        needs: [relation(oid)],
      })
    const rule = addressOf('rule', 7)
    const entries = assemble(
      [
        draft('MATERIALIZED VIEW', relation(1)),
        refresh(1),
        view(2, rule),
        draft('MATERIALIZED VIEW', relation(3)),
        refresh(3),
      ],
      [
        { of: relation(1), on: relation(2) },
        { of: rule, on: relation(3) },
      ],
    )
    expect(entries.slice(-2).map(({ tag }) => tag)).toEqual([
      'materialized view data 3:refresh',
      'materialized view data 1:refresh',
    ])
  })

  it('writes comments and other followers directly behind their object', () => {
    const part = addressOf('default', 7)
    const table = tableWithDefault(1, part)
    const follower = (tag: string) => ({ description: 'COMMENT', tag, definition: 'COMMENT;' })
    const graph = linkDrafts(
      [{ ...table, followers: [follower('first')] }, draft('TABLE', relation(2))],
      [],
      new Map(),
    )
    const entries = assembleEntries(
      graph,
      new Map([
        [relation(1), [follower('on the table')]],
        [part, [follower('on the part')]],
      ]),
    )
    expect(entries.map(({ tag, dependencies }) => [tag, dependencies])).toEqual([
      ['table 1', []],
      ['first', [1]],
      ['on the table', [1]],
      ['on the part', [1]],
      ['table 2', []],
    ])
  })

  it('refuses a cycle and names its members', () => {
    const attempt = () =>
      assemble(
        [
          draft('TABLE', relation(1)),
          draft('FUNCTION', addressOf('function', 2)),
          draft('TABLE', relation(3)),
        ],
        [
          { of: relation(1), on: addressOf('function', 2) },
          { of: addressOf('function', 2), on: relation(1) },
          { of: relation(3), on: relation(1) },
        ],
      )
    expect(attempt).toThrow(InternalError)
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'DUMP_CYCLE',
        data: { members: ['FUNCTION public.function 2', 'TABLE public.table 1'] },
      }),
    )
  })
})
