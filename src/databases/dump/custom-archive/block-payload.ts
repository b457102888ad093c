import type { ArchiveFile } from './archive-file.js'
import type { NumberSizes } from './archive-format.js'
import type { ByteCursor } from './byte-cursor.js'

/** Where one is within a payload. */
interface Step {
  /** Bytes of the current piece that are still to come. */
  readonly left: number
  readonly ended: boolean
}

/**
 * The bytes that follow a block's header: pieces with their length before them, up to a piece of
 * length zero. pg_dump makes pieces as small as one row, so they come out joined. Calls `ended` with
 * the place after the last.
 */
export async function* blockPayload(
  file: ArchiveFile,
  sizes: NumberSizes,
  start: number,
  ended: (end: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let position = start
  let left = 0
  for (;;) {
    const pieces: Buffer[] = []
    const { value: step, end } = await file.parse(position, sizes, (cursor) => {
      pieces.length = 0
      return takePieces(cursor, sizes, left, (piece) => pieces.push(piece))
    })
    const [first] = pieces
    if (first !== undefined) yield pieces.length === 1 ? first : Buffer.concat(pieces)
    if (step.ended) return ended(end)
    position = end
    left = step.left
  }
}

/** The place after the payload that begins at `start`. */
export async function skipPayload(
  file: ArchiveFile,
  sizes: NumberSizes,
  start: number,
): Promise<number> {
  let position = start
  for (;;) {
    const { value: step, end } = await file.parse(position, sizes, (cursor) =>
      takePieces(cursor, sizes, 0, () => {}),
    )
    position = end + step.left
    if (step.ended) return position
  }
}

/** Takes all pieces that are at hand, the first of which has `left` bytes to come. */
function takePieces(
  cursor: ByteCursor,
  sizes: NumberSizes,
  left: number,
  take: (piece: Buffer) => void,
): Step {
  let missing = left
  let taken = false
  for (;;) {
    if (missing === 0) {
      if (taken && cursor.available < 1 + sizes.int) return { left: 0, ended: false }
      missing = takeLength(cursor)
      if (missing === 0) return { left: 0, ended: true }
    }
    if (taken && cursor.available === 0) return { left: missing, ended: false }
    const piece = cursor.some(missing)
    take(piece)
    taken = true
    missing -= piece.length
  }
}

function takeLength(cursor: ByteCursor): number {
  const at = cursor.position
  const length = cursor.int()
  cursor.checkLength(length, at)
  return length
}
