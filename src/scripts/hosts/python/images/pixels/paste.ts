import { type Bitmap, BYTES } from '../bitmap.js'
import { blend } from './blend.js'

/** Where to paste: left and top; the rest is the size of what is pasted. */
export interface PasteRequest {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** An image of the target's mode, or the bytes of one pixel. */
  readonly source: Bitmap | Uint8Array
  /** `1`, `L`, or the alpha of `LA` and `RGBA`; of the pasted size. */
  readonly mask?: Bitmap
}

/** Pastes into an image; what falls outside of it is cut off. */
export function paste(target: Bitmap, request: PasteRequest): void {
  const { left, top, width, height, source, mask } = request
  const bytes = BYTES[target.mode]
  const isImage = !(source instanceof Uint8Array)
  const pixels = isImage ? source.data : source
  const cover = maskReader(mask)
  for (let y = Math.max(0, -top); y < height && y + top < target.height; y += 1) {
    for (let x = Math.max(0, -left); x < width && x + left < target.width; x += 1) {
      const opacity = cover(y * width + x)
      if (opacity === 0) continue
      const to = ((y + top) * target.width + x + left) * bytes
      const from = isImage ? (y * width + x) * bytes : 0
      for (let band = 0; band < bytes; band += 1) {
        const over = pixels[from + band] as number
        target.data[to + band] =
          opacity === 255 ? over : blend(opacity, target.data[to + band] as number, over)
      }
    }
  }
}

function maskReader(mask: Bitmap | undefined): (pixel: number) => number {
  if (mask === undefined) return () => 255
  const bytes = BYTES[mask.mode]
  return (pixel) => mask.data[pixel * bytes + bytes - 1] as number
}

/** Replaces the alpha of an `LA` or `RGBA` image by an `L` image of its size, or by one value. */
export function putAlpha(target: Bitmap, alpha: Bitmap | number): void {
  const bytes = BYTES[target.mode]
  const count = target.width * target.height
  for (let pixel = 0; pixel < count; pixel += 1) {
    target.data[pixel * bytes + bytes - 1] =
      typeof alpha === 'number' ? alpha : (alpha.data[pixel] as number)
  }
}
