import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Finding, MoultError } from '../../../../base/index.js'
import { type PoFile, readPoFile } from '../../../../odoo/data/index.js'
import { releaseRules } from '../../../../odoo/release/index.js'
import type { LoaderSource } from '../../loader-source.js'
import { poPaths } from './po-paths.js'

/** A file of translations that was read. */
export interface LanguageFile {
  readonly language: string
  readonly content: PoFile
}

/**
 * Reads a module's translations, in the order in which they count. A file that is none is passed over and
 * told: PO_INVALID, DATA_NOT_UTF8, PO_UNREADABLE.
 */
export async function readLanguageFiles(
  module: string,
  languages: readonly string[],
  { tree, release }: LoaderSource,
  addFinding: (finding: Finding) => void,
): Promise<readonly LanguageFile[]> {
  const rules = releaseRules(release)
  const files: LanguageFile[] = []
  for (const language of languages) {
    for (const path of poPaths(language, rules)) {
      const [file] = await tree.findAll(module, path)
      if (file === undefined) continue
      const [template] = await tree.findAll(module, `${dirname(path)}/${module}.pot`)
      const content = await readOne(file, template, addFinding)
      if (content === undefined) continue
      for (const finding of content.findings) addFinding(finding)
      files.push({ language, content })
    }
  }
  return files
}

async function readOne(
  file: string,
  template: string | undefined,
  addFinding: (finding: Finding) => void,
): Promise<PoFile | undefined> {
  try {
    return readPoFile({
      file,
      content: await readFile(file),
      ...(template !== undefined && {
        template: { file: template, content: await readFile(template) },
      }),
    })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    addFinding({
      code: error instanceof MoultError ? error.code : 'PO_UNREADABLE',
      severity: 'error',
      message: `The translations in ${file} are left out: ${error.message}`,
      place: { file },
      hint: 'Correct the file; in the new release, update the module to load it.',
    })
    return undefined
  }
}
