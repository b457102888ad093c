/** Pillow's names of pixel formats; `La` and `RGBa` are premultiplied. */
export type PixelMode = '1' | 'L' | 'P' | 'I' | 'LA' | 'La' | 'RGB' | 'RGBA' | 'RGBa' | 'CMYK'

/** Bytes of a pixel. `1` is kept as 0 and 255, `I` as a signed integer of the machine. */
export const BYTES: Readonly<Record<PixelMode, number>> = {
  '1': 1,
  L: 1,
  P: 1,
  I: 4,
  LA: 2,
  La: 2,
  RGB: 3,
  RGBA: 4,
  RGBa: 4,
  CMYK: 4,
}

/** Colours of a `P` image: four bytes each; the fourth is heard only where `hasAlpha` says so. */
export interface Palette {
  readonly colors: Uint8Array
  readonly hasAlpha: boolean
}

/** An image in memory: rows from top to bottom, without padding. */
export interface Bitmap {
  readonly mode: PixelMode
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  readonly palette?: Palette
}

export function isPixelMode(text: unknown): text is PixelMode {
  return typeof text === 'string' && Object.hasOwn(BYTES, text)
}

/** An image of zeros. */
export function blank(
  mode: PixelMode,
  width: number,
  height: number,
  palette?: Palette,
): Bitmap & { readonly data: Uint8Array } {
  const data = new Uint8Array(width * height * BYTES[mode])
  return { mode, width, height, data, ...(palette !== undefined && { palette }) }
}

/** The integers of an `I` image, over the same memory. */
export function integersOf({ data }: Bitmap): Int32Array {
  return new Int32Array(data.buffer, data.byteOffset, data.byteLength / 4)
}
