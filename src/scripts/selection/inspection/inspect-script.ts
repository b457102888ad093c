import { createHash } from 'node:crypto'
import { importReason, unknownPackages } from './import-needs.js'
import { inspectText } from './inspect-text.js'
import { migrateOf } from './migrate-function.js'
import { loadPythonParser, type PythonParser } from './python-parser.js'
import { RecordFlow } from './record-flow.js'
import { importsOf } from './script-imports.js'
import type { ScriptImport, ScriptInspection } from './script-inspection.js'
import { lineOf, type SyntaxTree } from './syntax-node.js'

/** Looks at Python scripts; the same text is looked at once. */
export interface ScriptInspector {
  /** False when the grammar could not be loaded: what is found is a rougher guess. */
  readonly exact: boolean
  inspect(text: string, file: string): ScriptInspection
}

/** Opens an inspector. It never fails: without the grammar it goes by the plain text. */
export async function openScriptInspector(
  load: () => Promise<PythonParser> = loadPythonParser,
): Promise<ScriptInspector> {
  const parser = await load().catch(() => undefined)
  const seen = new Map<string, ScriptInspection>()
  return {
    exact: parser !== undefined,
    inspect(text, file) {
      const digest = createHash('sha256').update(text).digest('base64')
      const known = seen.get(digest)
      if (known !== undefined) return { ...known, file }
      const inspection =
        parser === undefined ? inspectText(text, file) : inspectTree(parser.parse(text), file)
      seen.set(digest, inspection)
      return inspection
    },
  }
}

function inspectTree(tree: SyntaxTree, file: string): ScriptInspection {
  const migrate = migrateOf(tree)
  const imports = importsOf(tree)
  return {
    file,
    exact: true,
    ...(tree.errorAt !== undefined && { syntaxErrorLine: lineOf(tree, tree.errorAt) }),
    ...(migrate !== undefined && { migrate }),
    imports,
    unknownPackages: unknownPackages(imports),
    ...tierOf(tree, imports),
  }
}

function tierOf(
  tree: SyntaxTree,
  imports: readonly ScriptImport[],
): Pick<ScriptInspection, 'tier' | 'tierReason'> {
  const imported = importReason(imports)
  if (imported !== undefined) return { tier: 'T3', tierReason: imported }
  const { generic, specific } = new RecordFlow(tree).uses()
  if (specific !== undefined) return { tier: 'T3', tierReason: specific }
  return generic === undefined ? { tier: 'T1' } : { tier: 'T2', tierReason: generic }
}
