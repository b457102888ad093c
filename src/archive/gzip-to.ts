import { createGzip } from 'node:zlib'
import { type AtomicFileOptions, withAtomicFile } from './atomic-file.js'
import { type CompressionLevel, DEFAULT_LEVEL } from './compression.js'
import { through, ZLIB_CHUNK } from './through.js'

export interface GzipOptions extends AtomicFileOptions {
  /** 1 unless given. */
  readonly level?: CompressionLevel
}

/** What was written. */
export interface GzipStatistics {
  /** Before compression. */
  readonly bytes: number
  readonly fileSize: number
}

/** Writes a stream to a gzip file, which appears only when it is complete. */
export async function gzipTo(
  path: string,
  source: AsyncIterable<Uint8Array>,
  options: GzipOptions = {},
): Promise<GzipStatistics> {
  const gzip = createGzip({ level: options.level ?? DEFAULT_LEVEL, chunkSize: ZLIB_CHUNK })
  return await withAtomicFile(
    path,
    async (output) => {
      await output.writeAll(through(source, gzip))
      return { bytes: gzip.bytesWritten, fileSize: output.size }
    },
    options,
  )
}
