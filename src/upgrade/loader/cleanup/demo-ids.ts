import { readFile } from 'node:fs/promises'
import { locateDataFiles, readDataFile } from '../../../odoo/data/index.js'
import { LoadedXmlIds } from '../loaded-xml-ids.js'
import type { LoaderHop } from '../loader-part.js'
import { noteXmlIds } from '../records/note-xml-ids.js'

/** External identifiers that the demonstration data of modules names. */
export async function demoIds(modules: readonly string[], hop: LoaderHop): Promise<LoadedXmlIds> {
  const { tree, release } = hop.source
  const found = new LoadedXmlIds()
  for (const module of modules) {
    const manifest = tree.modules.get(module)?.manifest
    if (manifest === undefined) continue
    for (const { path, file } of await locateDataFiles(tree, manifest, 'demo')) {
      if (file === undefined) continue
      const content = await readFile(file)
      const data = readDataFile({ path, file, content, major: release.major })
      noteXmlIds(data, module, { ...hop, xmlIds: found })
    }
  }
  return found
}
