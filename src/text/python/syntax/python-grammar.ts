import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Parser } from 'web-tree-sitter'

const GRAMMAR = 'tree-sitter-python/tree-sitter-python.wasm'

/** Loads the grammar of Python, which takes a tenth of a second; rejects when its files are not there. */
export async function loadPythonGrammar(): Promise<Parser> {
  const [{ Language, Parser: TreeSitter }, grammar] = await Promise.all([
    import('web-tree-sitter'),
    readFile(createRequire(import.meta.url).resolve(GRAMMAR)),
  ])
  await TreeSitter.init()
  const parser = new TreeSitter()
  parser.setLanguage(await Language.load(grammar))
  return parser
}
