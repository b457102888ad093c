import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GuestOperations, type GuestValue, PyBytes, PyFloat } from '../../../values/index.js'
import { filterRows } from './encode/png-filter.js'
import { imageOperations } from './index.js'

const SAMPLES = join(import.meta.dirname, '../../../../../test/guest/fixtures/images/samples')

async function ask(
  operations: GuestOperations,
  name: string,
  args: readonly GuestValue[],
  keywords: Readonly<Record<string, GuestValue>> = {},
): Promise<GuestValue> {
  const answer = await operations[`image.${name}`]?.(args, new Map(Object.entries(keywords)))
  if (answer?.kind !== 'value') throw new Error('no value')
  return answer.value
}

async function make(
  operations: GuestOperations,
  name: string,
  args: readonly GuestValue[],
): Promise<number> {
  const answer = await ask(operations, name, args)
  if (!Array.isArray(answer) || typeof answer[0] !== 'number') throw new Error('no image')
  return answer[0]
}

const red = new PyBytes(Uint8Array.of(255, 0, 0))
const file = (name: string): PyBytes => new PyBytes(readFileSync(join(SAMPLES, name)))

describe('images of a guest', () => {
  it('are answered by a handle, mode and size, and end when they are freed', async () => {
    const operations = imageOperations()
    expect(await ask(operations, 'create', ['RGB', 4, 3, red])).toEqual([1, 'RGB', 4, 3])
    expect(await ask(operations, 'crop', [1, [1, 1, 3, 2]])).toEqual([2, 'RGB', 2, 1])
    expect(await ask(operations, 'pixels', [2], { free: [1, 'x', 99] })).toEqual(
      new PyBytes(Uint8Array.of(255, 0, 0, 255, 0, 0)),
    )
    await expect(ask(operations, 'pixels', [1])).rejects.toMatchObject({ kind: 'value' })
    await ask(operations, 'free', [[2]])
    await expect(ask(operations, 'pixels', [2])).rejects.toMatchObject({ kind: 'value' })
  })

  it('of one run are none of another', async () => {
    await make(imageOperations(), 'create', ['RGB', 4, 3, red])
    await expect(ask(imageOperations(), 'pixels', [1])).rejects.toThrow('not open')
  })

  it('keep their palette when they are cut and turned', async () => {
    const operations = imageOperations()
    const image = await make(operations, 'decode', [file('palette.png'), 'PNG', 'P'])
    const turned = await make(operations, 'transpose', [image, 2])
    expect(await ask(operations, 'palette', [turned])).toEqual(
      await ask(operations, 'palette', [image]),
    )
  })
})

describe('a question that means no good is refused', () => {
  it.each([
    ['an unknown mode', 'create', ['CMYKA', 1, 1, red], 'value'],
    ['a mode from the prototype', 'create', ['constructor', 1, 1, red], 'value'],
    ['a gigantic image', 'create', ['RGBA', 100_000, 100_000, red], 'value'],
    ['a negative size', 'create', ['RGB', -1, 5, red], 'value'],
    ['a size that is no number', 'create', ['RGB', 'x', 5, red], 'type'],
    ['a broken size', 'create', ['RGB', 1.5, 5, red], 'type'],
    ['too few pixels', 'load', ['RGB', 2, 2, red], 'value'],
    ['a handle that is none', 'copy', [7], 'value'],
    ['a handle that is text', 'copy', ['7'], 'value'],
    ['no size to resize to', 'resize', [1, 0, 5, 1, [0, 0, 4, 3]], 'value'],
    ['a box outside of the image', 'resize', [1, 2, 2, 1, [0, 0, 5, 3]], 'value'],
    ['an empty box', 'resize', [1, 2, 2, 1, [2, 0, 2, 3]], 'value'],
    ['a box that is none', 'resize', [1, 2, 2, 1, [0, 0, new PyFloat(Number.NaN), 3]], 'type'],
    ['a gigantic part', 'crop', [1, [0, 0, 1e9, 1e9]], 'value'],
    ['a method that there is not', 'transpose', [1, 9], 'value'],
    ['a conversion that there is not', 'convert', [1, 'P'], 'value'],
    ['a mask of another size', 'paste', [1, red, 0, 0, 4, 3], 'value', { mask: 2 }],
    ['a pixel of another mode', 'paste', [1, new PyBytes(Uint8Array.of(1)), 0, 0, 4, 3], 'value'],
    ['no more than 256 colours', 'quantize', [3, 257], 'value'],
    [
      'a format that libvips would guess',
      'decode',
      [new PyBytes(Buffer.from('<svg/>')), 'PNG', 'RGB'],
      'value',
    ],
    ['a format that is not written', 'other', [1, 'SVG'], 'value'],
    ['a mode that JPEG does not have', 'jpeg', [3], 'value'],
    ['an animation that is none', 'animation', [red], 'value'],
    [
      'a damaged icon',
      'decode',
      [new PyBytes(Uint8Array.of(0, 0, 1, 0, 9, 0)), 'ICO', 'RGBA'],
      'value',
    ],
  ] as const)(
    '%s',
    async (_, name, args, kind, keywords?: Readonly<Record<string, GuestValue>>) => {
      const operations = imageOperations()
      await make(operations, 'create', ['RGB', 4, 3, red])
      await make(operations, 'create', ['L', 2, 2, new PyBytes(Uint8Array.of(9))])
      await make(operations, 'create', ['RGBA', 2, 2, new PyBytes(Uint8Array.of(9, 9, 9, 9))])
      await expect(
        ask(operations, name, args as readonly GuestValue[], keywords ?? {}),
      ).rejects.toMatchObject({ name: 'GuestError', kind })
    },
  )

  it('more memory than one script may have', async () => {
    const operations = imageOperations()
    const black = new PyBytes(Uint8Array.of(0))
    const fill = async (): Promise<void> => {
      for (let count = 0; count < 12; count += 1) {
        await make(operations, 'create', ['L', 14_000, 14_000, black])
      }
    }
    await expect(fill()).rejects.toThrow('bytes of memory')
  })

  it.each(['favicon.ico', 'palette.png', 'rgb.bmp', 'photo.jpg', 'palette.gif', 'rgb.webp'])(
    '%s, damaged anywhere, is decoded or refused, and nothing else',
    async (name) => {
      const whole = readFileSync(join(SAMPLES, name))
      const format = { ico: 'ICO', png: 'PNG', bmp: 'BMP', jpg: 'JPEG', gif: 'GIF', webp: 'WEBP' }
      const ending = name.split('.')[1] as keyof typeof format
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
          const bytes = Buffer.from(whole)
          bytes[at] = byte
          const mode = name.startsWith('palette') ? 'P' : 'RGB'
          try {
            await ask(imageOperations(), 'decode', [new PyBytes(bytes), format[ending], mode])
          } catch (error) {
            expect(error).toMatchObject({ name: 'GuestError' })
          }
        }),
        { numRuns: 40 },
      )
    },
  )
})

it('filtered rows of a PNG come back by the filters that stand before them', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 2, 3, 4),
      fc.integer({ min: 1, max: 9 }),
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      (pixel, width, noise) => {
        const row = pixel * width
        const data = new Uint8Array(row * 5).map((_, at) => (noise[at % noise.length] ?? 0) + at)
        const filtered = filterRows(data, { row, pixel }, true)
        expect(unfiltered(filtered, row, pixel)).toEqual(data)
      },
    ),
  )
})

/** PNG's own definition of the filters, turned round. */
function unfiltered(rows: Uint8Array, row: number, pixel: number): Uint8Array {
  const count = rows.length / (row + 1)
  const data = new Uint8Array(row * count)
  const at = (y: number, x: number): number => (y < 0 || x < 0 ? 0 : (data[y * row + x] ?? 0))
  for (let y = 0; y < count; y += 1) {
    for (let x = 0; x < row; x += 1) {
      const [left, up, corner] = [at(y, x - pixel), at(y - 1, x), at(y - 1, x - pixel)]
      const guess = left + up - corner
      const [nearest] = [left, up, corner].sort((a, b) => Math.abs(guess - a) - Math.abs(guess - b))
      const predictions = [0, left, up, Math.floor((left + up) / 2), nearest ?? 0]
      const kind = rows[y * (row + 1)] ?? 0
      data[y * row + x] = (rows[y * (row + 1) + 1 + x] ?? 0) + (predictions[kind] ?? 0)
    }
  }
  return data
}
