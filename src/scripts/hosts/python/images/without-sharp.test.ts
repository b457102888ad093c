import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { PyBytes } from '../../../values/index.js'
import { imageOperations } from './index.js'

vi.mock('sharp', () => {
  throw new Error("Cannot find package 'sharp'")
})

const SAMPLES = join(import.meta.dirname, '../../../../../test/guest/fixtures/images/samples')
const file = (name: string): PyBytes => new PyBytes(readFileSync(join(SAMPLES, name)))

it('the optional library is named where it is needed, and nothing is answered', async () => {
  const decode = imageOperations()['image.decode']
  await expect(decode?.([file('photo.jpg'), 'JPEG', 'RGB'], new Map())).rejects.toMatchObject({
    name: 'GuestError',
    kind: 'helper',
    detail: 'no-images',
    message: expect.stringContaining('"sharp"'),
  })
})

it.each([
  ['palette.png', 'PNG', 'P'],
  ['rgb.bmp', 'BMP', 'RGB'],
  ['favicon.ico', 'ICO', 'RGBA'],
] as const)('%s is decoded without it', async (name, format, mode) => {
  const answer = await imageOperations()['image.decode']?.([file(name), format, mode], new Map())
  expect(answer).toMatchObject({
    kind: 'value',
    value: [1, mode, expect.any(Number), expect.any(Number)],
  })
})
