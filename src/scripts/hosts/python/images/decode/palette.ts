import type { Palette } from '../bitmap.js'

/** The palette of a PNG or GIF, with the alpha its transparency gives; undefined where it has none. */
export function paletteOf(bytes: Uint8Array, format: string): Palette | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (format === 'PNG') return ofPng(view)
  return format === 'GIF' ? ofGif(view) : undefined
}

function ofPng(file: Buffer): Palette | undefined {
  let rgb: Buffer | undefined
  let alpha: Buffer | undefined
  for (let at = 8; at + 12 <= file.length; ) {
    const size = file.readUInt32BE(at)
    const name = file.toString('latin1', at + 4, at + 8)
    const data = file.subarray(at + 8, at + 8 + size)
    if (name === 'PLTE') rgb = data
    if (name === 'tRNS') alpha = data
    if (name === 'IDAT' || name === 'IEND') break
    at += 12 + size
  }
  return rgb === undefined ? undefined : toPalette(rgb, (index) => alpha?.[index] ?? 255)
}

const IMAGE = 0x2c
const EXTENSION = 0x21
const GRAPHIC_CONTROL = 0xf9

function ofGif(file: Buffer): Palette | undefined {
  const flags = file[10] ?? 0
  let table = tableAt(file, 13, flags)
  let transparent = -1
  let at = 13 + table.length
  while (at < file.length) {
    if (file[at] === IMAGE) {
      const local = tableAt(file, at + 10, file[at + 9] ?? 0)
      if (local.length > 0) table = local
      break
    }
    if (file[at] !== EXTENSION) break
    if (file[at + 1] === GRAPHIC_CONTROL && ((file[at + 3] ?? 0) & 1) === 1) {
      transparent = file[at + 6] ?? -1
    }
    at += 2
    while (at < file.length && file[at] !== 0) at += 1 + (file[at] ?? 0)
    at += 1
  }
  return table.length === 0
    ? undefined
    : toPalette(table, (index) => (index === transparent ? 0 : 255))
}

function tableAt(file: Buffer, at: number, flags: number): Buffer {
  return (flags & 0x80) === 0
    ? file.subarray(0, 0)
    : file.subarray(at, at + 3 * 2 ** ((flags & 7) + 1))
}

function toPalette(rgb: Buffer, alphaOf: (index: number) => number): Palette {
  const colors = new Uint8Array(Math.floor(rgb.length / 3) * 4)
  for (let index = 0; index * 4 < colors.length; index += 1) {
    colors.set(rgb.subarray(index * 3, index * 3 + 3), index * 4)
    colors[index * 4 + 3] = alphaOf(index)
  }
  return { colors, hasAlpha: false }
}
