import type { Bitmap } from '../bitmap.js'
import { loadSharp } from '../load-sharp.js'

/** How a JPEG is written. */
export interface JpegOptions {
  /** 1 to 100; Pillow's own is 75. */
  readonly quality: number
  readonly optimize: boolean
  readonly progressive: boolean
  /** Full colour resolution instead of half. */
  readonly fullColor: boolean
  /** Dots per inch; 0 where there are none. */
  readonly density: readonly [number, number]
  /** Segments behind the first one, ready to be written: EXIF, comment, profile. */
  readonly segments: Uint8Array
}

/** Writes a JPEG as Pillow with libjpeg does: the same coefficients, tables and codes, hence the same bytes. */
export async function encodeJpeg(
  image: Bitmap,
  options: JpegOptions,
): Promise<Uint8Array | undefined> {
  const channels = { '1': 1, L: 1, RGB: 3 }[image.mode as string] as 1 | 3 | undefined
  if (channels === undefined) return undefined
  const sharp = await loadSharp('Writing a JPEG')
  const raw = { width: image.width, height: image.height, channels }
  const encoded = await sharp(image.data, { raw })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({
      quality: Math.min(100, Math.max(1, options.quality)),
      chromaSubsampling: options.fullColor ? '4:4:4' : '4:2:0',
      optimiseCoding: options.optimize || options.progressive,
      progressive: options.progressive,
      mozjpeg: false,
    })
    .toBuffer()
  // libvips leaves the JFIF segment out.
  const start = encoded.subarray(0, 2)
  return Buffer.concat([start, jfif(options.density), options.segments, encoded.subarray(2)])
}

function jfif([across, down]: readonly [number, number]): Uint8Array {
  const segment = Buffer.from('ffe000104a4649460001010000010001' + '0000', 'hex')
  if (across > 0 && down > 0) {
    segment[11] = 1
    segment.writeUInt16BE(across, 12)
    segment.writeUInt16BE(down, 14)
  }
  return segment
}
