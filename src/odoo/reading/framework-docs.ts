import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const CLASS = /^class (BaseModel|Model|TransientModel)\b[^\n]*:\n\s+"""([^\\]*?)"""/gm

/**
 * Docstrings of the framework's model classes, by class: `ir_model.info` of most models is one of them.
 * Nothing where the tree has none.
 */
export async function readFrameworkDocs(
  root: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  if (root === undefined) return {}
  const text = await readFile(join(root, 'odoo', 'models.py'), 'utf8').catch(() => '')
  const lines = text.replace(/\r\n?/g, '\n')
  return Object.fromEntries(
    [...lines.matchAll(CLASS)].map(([, name = '', docstring = '']) => [name, docstring]),
  )
}
