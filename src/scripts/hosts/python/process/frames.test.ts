import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader, writeFrame } from './frames.js'

test('texts come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary' })),
      fc.array(fc.integer({ min: 1, max: 9 })),
      (texts, cuts) => {
        const wellFormed = texts.filter((text) => Buffer.from(text).toString() === text)
        const stream = Buffer.concat(wellFormed.map(writeFrame))
        const reader = new FrameReader()
        const read: string[] = []
        for (let start = 0, i = 0; start < stream.length; i += 1) {
          const size = cuts[i % Math.max(1, cuts.length)] ?? 3
          read.push(...reader.push(stream.subarray(start, start + size)))
          start += size
        }
        expect(read).toEqual(wellFormed)
      },
    ),
  )
})

test('a frame’s length counts bytes', () => {
  expect(writeFrame('ä').toString('hex')).toBe('00000002c3a4')
})
