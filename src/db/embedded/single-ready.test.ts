import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SingleReady } from './single-ready.js'

interface Message {
  readonly type: string
  readonly body: Uint8Array
}

const bytesOf = ({ type, body }: Message): Buffer => {
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const ready: fc.Arbitrary<Message> = fc
  .constantFrom('I', 'T', 'E')
  .map((status) => ({ type: 'Z', body: Buffer.from(status) }))

// Bodies that look like the beginning of ReadyForQuery are the hard ones.
const other: fc.Arbitrary<Message> = fc.record({
  type: fc.constantFrom('D', 'd', 'E', 'C'),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.constant(Buffer.from([0x5a, 0, 0, 0, 5, 0x49])),
    fc.constant(Buffer.from([0x5a, 0, 0])),
  ),
})

it('gives ReadyForQuery once, the last one, however the answers arrive', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 3, arbitrary: other }, { weight: 1, arbitrary: ready })),
      fc.integer({ min: 1, max: 30 }),
      (messages, size) => {
        const all = Buffer.concat(messages.map(bytesOf))
        const answers = new SingleReady()
        const passed: Buffer[] = []
        for (let at = 0; at < all.length; at += size) {
          passed.push(...answers.pass(all.subarray(at, at + size)))
        }
        const others = messages.filter(({ type }) => type !== 'Z')
        expect(Buffer.concat(passed)).toEqual(Buffer.concat(others.map(bytesOf)))
        const last = messages.findLast(({ type }) => type === 'Z')
        expect(answers.take()).toEqual(last && bytesOf(last))
        expect(answers.take()).toBeUndefined()
      },
    ),
    { numRuns: 500 },
  )
})
