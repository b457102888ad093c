import { GuestError, PyBytes } from '../../../values/index.js'
import { encodeOther, isOtherFormat, reencodeAnimation } from './encode/encode-file.js'
import { encodeJpeg } from './encode/jpeg.js'
import { preparePng } from './encode/png.js'
import type { ImageOperation } from './image-operations.js'

/** Operations that make files of images; the answer is the file's bytes. */
export const encodeOperations: Readonly<Record<string, ImageOperation>> = {
  /** `png_parts(image, optimize=False)`: header, palette, rows and strategy, for the guest to deflate. */
  png_parts: (given, store) => {
    const image = store.get(given.value(0))
    const parts = preparePng(image, given.flag('optimize')) ?? refuse(image.mode, 'PNG')
    const { header, palette, rows, strategy } = parts
    return [new PyBytes(header), new PyBytes(palette), new PyBytes(rows), strategy]
  },
  /** `jpeg(image, quality=75, optimize, progressive, full_color, density=[0, 0], segments=b"")` */
  jpeg: async (given, store) => {
    const image = store.get(given.value(0))
    const [across, down] = given.list('density')
    const bytes = await encodeJpeg(image, {
      quality: given.whole('quality', 75),
      optimize: given.flag('optimize'),
      progressive: given.flag('progressive'),
      fullColor: given.flag('full_color'),
      density: [Number(across ?? 0), Number(down ?? 0)],
      segments: given.bytes('segments'),
    })
    return new PyBytes(bytes ?? refuse(image.mode, 'JPEG'))
  },
  /** `other(image, format, quality=80, lossless=False)`: GIF, WEBP, TIFF. */
  other: async (given, store) => {
    const format = given.text(1)
    if (!isOtherFormat(format)) throw new GuestError('value', `cannot write ${format} images`)
    const quality = Math.min(100, Math.max(1, given.whole('quality', 80)))
    const options = { quality, lossless: given.flag('lossless') }
    return new PyBytes(await encodeOther(store.get(given.value(0)), format, options))
  },
  /** `animation(bytes)`: all frames of a GIF, written again. */
  animation: async (given) => {
    const bytes = given.bytes(0)
    if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') !== 'GIF8') {
      throw new GuestError('value', 'This is no GIF file')
    }
    return new PyBytes(await reencodeAnimation(bytes))
  },
}

function refuse(mode: string, format: string): never {
  throw new GuestError('value', `cannot write mode ${mode} as ${format}`)
}
