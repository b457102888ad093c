import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inChunks } from '../../../test/support/database-suite/suite.js'
import { wholeRows } from './batched-copy.js'

const batchesOf = async (text: string, chunk: number, size: number): Promise<string[]> => {
  const batches: string[] = []
  for await (const batch of wholeRows(inChunks(text, chunk), size)) batches.push(batch.toString())
  return batches
}

it('gives one empty batch for no data', async () => {
  expect(await batchesOf('', 1, 10)).toEqual([''])
})

it('ends batches after whole rows', async () => {
  expect(await batchesOf('aa\nbb\ncc\n', 4, 3)).toEqual(['aa\n', 'bb\n', 'cc\n'])
})

it('tells a line end inside a row, which a backslash escapes, from one behind an escaped backslash', async () => {
  expect(await batchesOf('a\\\nb\nc\n', 1, 1)).toEqual(['a\\\nb\n', 'c\n'])
  expect(await batchesOf('a\\\\\nb\nc\n', 1, 1)).toEqual(['a\\\\\n', 'b\n', 'c\n'])
})

it('cuts any text into whole rows, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^[a\\\n]{0,60}$/),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 20 }),
      async (text, chunk, size) => {
        const batches = await batchesOf(text, chunk, size)
        expect(batches.join('')).toBe(text)
        for (const batch of batches.slice(0, -1)) {
          // An even number of backslashes, or none, before the line end.
          expect(/(?<!\\)(\\\\)*\n$/.test(batch)).toBe(true)
        }
      },
    ),
    { numRuns: 500 },
  )
})
