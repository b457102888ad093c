import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { withZip } from '../../archive/index.js'

/** Machine code, and programs for a shell. */
const LEFT_OUT = /\.(?:so|pyd|dylib|dll|a|c|h|pxd|pxi|pyx)$|\.data\/(?:scripts|headers|data)\//
const INSTALLED = /^[^/]+\.data\/(?:purelib|platlib)\//

/**
 * Unpacks what an interpreter without machine code can use of a wheel. An archive that could do harm is
 * refused as a whole (ZIP_UNSAFE_NAME and others).
 */
export async function unpackWheel(file: string, folder: string): Promise<void> {
  await withZip(file, async (zip) => {
    for (const entry of zip.entries.values()) {
      if (entry.isDirectory || LEFT_OUT.test(entry.name)) continue
      const target = join(folder, entry.name.replace(INSTALLED, ''))
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, zip.read(entry))
    }
  })
}
