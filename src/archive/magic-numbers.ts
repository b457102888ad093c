/** Bytes that a kind of file has at a fixed place, usually its start. */
export interface Signature {
  readonly offset: number
  readonly bytes: Buffer
}

const ascii = (text: string, offset = 0): Signature => ({
  offset,
  bytes: Buffer.from(text, 'latin1'),
})
const hex = (digits: string, offset = 0): Signature => ({
  offset,
  bytes: Buffer.from(digits, 'hex'),
})

/** Signatures by kind of file; every one of a list must be there. */
export const SIGNATURES = {
  zip: [hex('504b0304')],
  emptyZip: [hex('504b0506')],
  pgcustom: [ascii('PGDMP')],
  gzip: [hex('1f8b')],
  zstd: [hex('28b52ffd')],
  xz: [hex('fd377a585a00')],
  bzip2: [ascii('BZh'), hex('314159265359', 4)],
  sevenZip: [hex('377abcaf271c')],
  tar: [ascii('ustar', 257)],
  png: [hex('89504e470d0a1a0a')],
  jpeg: [hex('ffd8ff')],
  gif: [ascii('GIF8')],
  webp: [ascii('RIFF'), ascii('WEBP', 8)],
  pdf: [ascii('%PDF-')],
  mp4: [ascii('ftyp', 4)],
  woff2: [ascii('wOF2')],
} as const satisfies Record<string, readonly Signature[]>

/** A kind of file that is known by its first bytes. */
export type KnownKind = keyof typeof SIGNATURES

/** Whether a file that starts with `head` is of this kind. */
export function isKind(head: Uint8Array, kind: KnownKind): boolean {
  return SIGNATURES[kind].every(({ offset, bytes }) =>
    bytes.equals(head.subarray(offset, offset + bytes.length)),
  )
}
