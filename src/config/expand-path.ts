import { resolve } from 'node:path'
import type { Environment } from './environment.js'

const VARIABLE = /\$(?:(\w+)|\{([^}]*)\})/g

/**
 * A path as Odoo makes it complete: trimmed, `$NAME` and `~` replaced, absolute. Variables that are not
 * set stay as they are written, as in Python.
 */
export function expandPath(
  path: string,
  { variables, userHome }: Pick<Environment, 'variables' | 'userHome'>,
  base = process.cwd(),
): string {
  const replaced = path
    .trim()
    .replace(VARIABLE, (all, plain: string | undefined, braced: string | undefined) => {
      return variables[plain ?? braced ?? ''] ?? all
    })
  return resolve(base, replaced.replace(/^~(?=\/|$)/, userHome))
}

/** The entries of a list with commas, trimmed; empty ones are left out. */
export function splitPaths(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}
