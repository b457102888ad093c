import { type AtomicFileOptions, withAtomicFile } from '../atomic-file.js'
import type { Compression } from '../compression.js'
import { EntryWriter } from './entry-writer.js'
import type { ZipStatistics, ZipWriter } from './zip-writer.js'

export interface WriteZipOptions extends AtomicFileOptions {
  /** Of entries that do not say; `auto` unless given. */
  readonly compress?: Compression
}

/**
 * Writes a ZIP archive, which appears only when it is complete; entries are streamed, so memory
 * stays the same whatever their number and size. ZIP64 is used where, and only where, the numbers
 * need it.
 *
 * ```ts
 * await writeZip('backup.zip', async (zip) => {
 *   await zip.addStream('dump.sql', dump)
 *   await zip.addFile('filestore/ab/abcd', '/srv/filestore/ab/abcd')
 * })
 * ```
 */
export async function writeZip(
  path: string,
  body: (zip: ZipWriter) => Promise<void>,
  options: WriteZipOptions = {},
): Promise<ZipStatistics> {
  return await withAtomicFile(
    path,
    async (output) => {
      const zip = new EntryWriter(output, options.compress ?? 'auto')
      await body(zip)
      return await zip.finish()
    },
    options,
  )
}
