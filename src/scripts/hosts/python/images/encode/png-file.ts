import { deflateSync } from 'node:zlib'
import type { Bitmap } from '../bitmap.js'
import { convert } from '../pixels/convert.js'
import { chunk, preparePng } from './png.js'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** A whole PNG file: Pillow's rows and filters, deflated by Node, so that its pixels are Pillow's and its bytes are not. */
export function encodePng(image: Bitmap): Uint8Array {
  const parts = preparePng(image, true) ?? preparePng(convert(image, 'RGB'), true)
  if (parts === undefined) throw new RangeError(`PNG has no mode ${image.mode}`)
  const pixels = deflateSync(parts.rows, { level: 9, memLevel: 9, strategy: parts.strategy })
  return Buffer.concat([
    ...[SIGNATURE, parts.header, parts.palette],
    ...[chunk('IDAT', pixels), chunk('IEND', new Uint8Array())],
  ])
}
