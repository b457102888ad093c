import { expect, it } from 'vitest'
import { Findings } from '../../../base/index.js'
import type { Session } from '../../../db/index.js'
import { openCatalog } from './catalog-source.js'

/** A server whose only keyword is `order`. */
const session = {
  query: async () => ({ rows: [{ word: 'order' }], count: 1 }),
} as unknown as Session

it.each([
  ['name', 'name'],
  ['order', '"order"'],
  ['system_user', '"system_user"'],
  ['Name', '"Name"'],
  ['1st', '"1st"'],
  ['größe', '"größe"'],
  ['a "b"', '"a ""b"""'],
])('writes %s as %s', async (name, quoted) => {
  const source = await openCatalog(session, new Findings())
  expect(source.quote(name)).toBe(quoted)
  expect(source.qualify('shop', name)).toBe(`shop.${quoted}`)
})
