import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf, readError, writeError } from '../../../base/index.js'

/** As many lines as are kept. */
export const HISTORY_LINES = 1_000

/** Lines of earlier prompts, the latest first. */
export async function readHistory(file: string): Promise<string[]> {
  try {
    const text = await readFile(file, 'utf8')
    return text.split('\n').filter(Boolean).reverse().slice(0, HISTORY_LINES)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw readError(error, file)
  }
}

/** Keeps lines, the latest first; only the user can read them: they may hold data. */
export async function writeHistory(file: string, lines: readonly string[]): Promise<void> {
  const text = [...lines].slice(0, HISTORY_LINES).reverse().join('\n')
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(file, `${text}\n`, { mode: 0o600 })
  } catch (error) {
    throw writeError(error, file)
  }
}
