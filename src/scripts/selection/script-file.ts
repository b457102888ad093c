import { join } from 'node:path'
import { PHASES, type ScriptFile, type ScriptLanguage } from './migration-script.js'

const LANGUAGES: ReadonlyMap<string, ScriptLanguage> = new Map([
  ['.py', 'python'],
  ['.ts', 'typescript'],
  ['.js', 'typescript'],
  ['.mjs', 'typescript'],
  ['.sql', 'sql'],
])
const DECLARATIONS = '.d.ts'

/**
 * Reads a file's name as Odoo does: `pre-`, `post-` or `end-` in front, a known ending, all in lower case.
 * Undefined for anything else.
 */
export function readScriptFile(folder: string, name: string): ScriptFile | undefined {
  const phase = PHASES.find((known) => name.startsWith(`${known}-`))
  const dot = name.lastIndexOf('.')
  const language = LANGUAGES.get(name.slice(dot))
  if (phase === undefined || language === undefined || name.endsWith(DECLARATIONS)) return undefined
  return { name, stem: name.slice(0, dot), phase, language, file: join(folder, name) }
}

/** Whether a name was most likely meant to be a script: `pre_migration.py`, `Post-x.py`, `end-x.PY`. */
export function looksLikeScript(name: string): boolean {
  return (
    /^(pre|post|end)([-_ ].*)?\.(py|sql|ts|js|mjs)$/i.test(name) && !name.endsWith(DECLARATIONS)
  )
}
