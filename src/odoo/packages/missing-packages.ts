import { execFile } from 'node:child_process'
import { delimiter } from 'node:path'
import { promisify } from 'node:util'
import type { Release } from '../release/index.js'
import { type FindPackagesOptions, findPackages } from './find-packages.js'
import { packageNeeds } from './package-needs.js'

/** Which Python Odoo is to run in. */
export interface MissingPackagesOptions extends FindPackagesOptions {
  /** `embedded`, or the program of a CPython, which is asked. */
  readonly interpreter: string
}

const A_MINUTE = 60_000
const QUESTION =
  'import importlib.util, json, sys; print(json.dumps([n for n in sys.argv[1:] if importlib.util.find_spec(n) is None]))'

/**
 * The packages without which Odoo does not start in a Python, as they are installed. A CPython that cannot
 * be asked is said to lack none: what is wrong with it is told when it is started.
 */
export async function missingPackages(options: MissingPackagesOptions): Promise<readonly string[]> {
  const { interpreter, release, folders = [] } = options
  if (interpreter !== 'embedded') return askPython(interpreter, release, folders)
  const { packages } = await findPackages(options)
  return packages
    .filter(
      ({ essential, kind, consequence }) => essential && kind === 'missing' && consequence !== '',
    )
    .map(({ distribution }) => distribution)
}

async function askPython(
  program: string,
  { major }: Release,
  folders: readonly string[],
): Promise<readonly string[]> {
  // What moult has stand-ins for is not asked of it.
  const needs = packageNeeds(major).filter((need) => need.essential && need.standIn !== 'whole')
  const names = needs.map(({ name }) => name)
  const path = [...folders, process.env.PYTHONPATH ?? ''].filter(Boolean).join(delimiter)
  const env = { ...process.env, ...(path !== '' && { PYTHONPATH: path }) }
  try {
    const arguments_ = ['-c', QUESTION, ...names]
    const { stdout } = await promisify(execFile)(program, arguments_, { timeout: A_MINUTE, env })
    const missing = JSON.parse(stdout) as readonly unknown[]
    return needs.flatMap(({ name, distribution }) => (missing.includes(name) ? [distribution] : []))
  } catch {
    return []
  }
}
