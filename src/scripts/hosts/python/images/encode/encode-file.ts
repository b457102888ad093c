import type { Bitmap } from '../bitmap.js'
import { loadSharp } from '../load-sharp.js'
import { convert } from '../pixels/convert.js'

/** The formats that libvips writes in its own way; PNG and JPEG are written as Pillow writes them. */
export type OtherFormat = 'GIF' | 'WEBP' | 'TIFF'

export interface OtherOptions {
  readonly quality: number
  readonly lossless: boolean
}

export function isOtherFormat(format: string): format is OtherFormat {
  return format === 'GIF' || format === 'WEBP' || format === 'TIFF'
}

/** Writes a picture by libvips: size and format are Pillow's, bytes and a GIF's palette are not. */
export async function encodeOther(
  image: Bitmap,
  format: OtherFormat,
  { quality, lossless }: OtherOptions,
): Promise<Uint8Array> {
  const sharp = await loadSharp(`Writing a ${format} image`)
  const hasAlpha = image.mode === 'LA' || image.mode === 'RGBA' || image.palette?.hasAlpha === true
  const { data, width, height } = convert(image, hasAlpha ? 'RGBA' : 'RGB')
  const picture = sharp(data, { raw: { width, height, channels: hasAlpha ? 4 : 3 } })
  switch (format) {
    case 'GIF':
      return picture.gif({ dither: 0, effort: 7 }).toBuffer()
    case 'WEBP':
      return picture.webp({ quality, lossless }).toBuffer()
    case 'TIFF':
      return picture.tiff({ compression: 'none' }).toBuffer()
  }
}

/** Copies an animation frame by frame into the same format. */
export async function reencodeAnimation(bytes: Uint8Array): Promise<Uint8Array> {
  const sharp = await loadSharp('Writing an animation')
  return sharp(bytes, { animated: true }).gif({ reuse: true, dither: 0 }).toBuffer()
}
