import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, inParallel, readError, writeError } from '../../base/index.js'
import type { AnalysisFile } from './analysis-files.js'

/** Writes files below a folder; those with the same content stay as they are. Errors: FILE_NOT_WRITABLE, WRITE_FAILED. */
export async function writeFiles(
  directory: string,
  files: readonly AnalysisFile[],
): Promise<{ readonly written: number; readonly unchanged: number }> {
  let written = 0
  await inParallel(files, async ({ path, content }) => {
    const file = join(directory, path)
    if ((await readIfThere(file)) === content) return
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
      written += 1
    } catch (error) {
      throw writeError(error, file)
    }
  })
  return { written, unchanged: files.length - written }
}

/** The text of a file, or undefined where there is none. Errors: FILE_UNREADABLE, READ_FAILED. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw readError(error, file)
  }
}
