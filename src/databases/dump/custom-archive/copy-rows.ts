/** Longer than the marker and the blank lines that pg_dump writes after it. */
const TAIL = 32

/**
 * A table's rows without the line `\.` and the blank lines after it. A line of rows is never that
 * short, because a backslash in COPY's text format always stands before another character of a value.
 */
export async function* withoutEndMarker(
  data: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  let tail = Buffer.alloc(0)
  for await (const chunk of data) {
    const bytes = Buffer.concat([tail, chunk])
    const ready = Math.max(0, bytes.length - TAIL)
    tail = bytes.subarray(ready)
    if (ready > 0) yield bytes.subarray(0, ready)
  }
  const marker = /(^|\n)\\\.\r?\n*$/.exec(tail.toString('latin1'))
  if (marker !== null) tail = tail.subarray(0, marker.index + (marker[1]?.length ?? 0))
  if (tail.length > 0) yield tail
}
