import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePythonLiteral } from '../../../text/index.js'

const CLASS = /^class (BaseModel|Model|TransientModel)\b[^\n]*:[ \t]*\n\s*([rRuU]?"""[\s\S]*?""")/gm

/**
 * Docstrings of the framework's model classes, by class: `ir_model.info` holds them for models that have none of
 * their own. Empty where the source tree is not at hand.
 */
export async function readFrameworkDocstrings(
  root: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  if (root === undefined) return new Map()
  const text = await readFile(join(root, 'odoo', 'models.py'), 'utf8').catch(() => '')
  return new Map(
    [...text.matchAll(CLASS)].flatMap(([, name = '', literal = '']) => {
      const value = parsePythonLiteral(literal)
      return typeof value === 'string' ? [[name, value] as const] : []
    }),
  )
}
