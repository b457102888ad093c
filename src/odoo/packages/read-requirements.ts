import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../../base/index.js'
import { canonicalName } from './distribution-name.js'

const LINE = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/

/** The distributions that a source tree's requirements.txt names, in canonical form; none where there is no file. */
export async function readRequirements(tree: string): Promise<readonly string[]> {
  try {
    return parseRequirements(await readFile(join(tree, 'requirements.txt'), 'utf8'))
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error) ?? '')) return []
    throw error
  }
}

/** Names of a requirements file; options (`-r`, `--hash`) and comments are passed over. */
export function parseRequirements(text: string): readonly string[] {
  const names = text.split(/\r?\n/).flatMap((line) => {
    const name = LINE.exec(line)?.[1]
    return name === undefined ? [] : [canonicalName(name)]
  })
  return [...new Set(names)]
}
