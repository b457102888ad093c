import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { fitPicture, isSamePicture } from './fit-picture.js'

async function picture(
  format: 'png' | 'jpeg' | 'webp',
  width: number,
  height: number,
  channels: 3 | 4 = 3,
): Promise<Uint8Array> {
  const data = Buffer.alloc(width * height * channels)
  for (let at = 0; at < data.length; at += 1) data[at] = (at * 7) % 251
  const image = sharp(data, { raw: { width, height, channels } })
  return image.toFormat(format).toBuffer()
}

async function sizeOf(bytes: Uint8Array) {
  const { width, height, format } = await sharp(bytes).metadata()
  return { width, height, format }
}

const CASES: readonly (readonly [
  name: string,
  format: 'png' | 'jpeg',
  from: readonly [number, number],
  within: readonly [number, number],
  to: readonly [number, number],
])[] = [
  ['a wide one by its width', 'png', [400, 100], [128, 128], [128, 32]],
  ['a tall one by its height', 'jpeg', [100, 400], [128, 128], [32, 128]],
  ['by the only limit there is', 'png', [400, 300], [0, 30], [40, 30]],
  ['to no less than a pixel', 'png', [400, 1], [40, 40], [40, 1]],
]

describe('pictures are made smaller', () => {
  test.each(CASES)('%s', async (_, format, from, within, to) => {
    const made = await fitPicture(await picture(format, ...from), ...within)
    expect(await sizeOf(made)).toEqual({ width: to[0], height: to[1], format })
  })

  test('with what shows through', async () => {
    const made = await fitPicture(await picture('png', 60, 60, 4), 20, 20)
    expect((await sharp(made).metadata()).hasAlpha).toBe(true)
  })

  test('turned as a camera says', async () => {
    const lying = await sharp(await picture('jpeg', 80, 40))
      .withMetadata({ orientation: 6 })
      .toBuffer()
    expect(await sizeOf(await fitPicture(lying, 20, 20))).toMatchObject({ width: 10, height: 20 })
  })
})

test.each([
  ['is small enough', () => picture('png', 40, 30)],
  ['has a format of its own', () => picture('webp', 400, 300)],
  ['is drawn', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
])('what %s stays as it is', async (_, make) => {
  const content = await make()
  expect(await fitPicture(content, 64, 64)).toBe(content)
})

test('a damaged picture is an error of the guest', async () => {
  const damaged = (await picture('png', 400, 300)).slice(0, 30)
  await expect(fitPicture(damaged, 64, 64)).rejects.toMatchObject({ kind: 'value' })
})

test('pictures are compared by what they show', async () => {
  const one = await picture('png', 40, 30)
  const packed = await sharp(one).png({ compressionLevel: 0 }).toBuffer()
  expect(await isSamePicture(one, packed)).toBe(true)
  expect(await isSamePicture(one, await picture('png', 30, 40))).toBe(false)
  expect(await isSamePicture(one, Buffer.from('nothing'))).toBe(false)
})
