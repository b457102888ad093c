import { execFile } from 'node:child_process'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'

const TEN_SECONDS = 10_000
const VERSION = /^python(\d+)\.(\d+)$/

/** What is asked of a Python whose place tells nothing: no site module, so no code of packages runs. */
const QUESTION = 'import json, sys; print(json.dumps([sys.base_prefix, *sys.version_info[:2]]))'

/** Folders of packages of a Python, by its program or its virtual environment's folder; none if it has none. */
export async function siteFolders(
  python: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  if (await isFolder(python)) return ofVirtualEnvironment(python)
  const program = await findProgram(python, variables)
  if (program === undefined) return []
  const environment = dirname(dirname(program))
  if (await isFile(join(environment, 'pyvenv.cfg'))) return ofVirtualEnvironment(environment)
  return ofInstallation(program)
}

/** The virtual environments `venv` and `.venv` in a folder or in the one above it. */
export async function environmentsBeside(tree: string): Promise<readonly string[]> {
  const candidates = [tree, dirname(tree)].flatMap((folder) =>
    ['venv', '.venv', 'env'].map((name) => join(folder, name)),
  )
  const found = await Promise.all(
    candidates.map(async (folder) => ((await isFile(join(folder, 'pyvenv.cfg'))) ? [folder] : [])),
  )
  return found.flat()
}

async function ofVirtualEnvironment(folder: string): Promise<readonly string[]> {
  const own = [...(await versioned(join(folder, 'lib'), 'site-packages'))]
  const windows = join(folder, 'Lib', 'site-packages')
  if (own.length === 0 && (await isFolder(windows))) own.push(windows)
  const settings = await readFile(join(folder, 'pyvenv.cfg'), 'utf8').catch(() => '')
  if (!/^\s*include-system-site-packages\s*=\s*true\s*$/im.test(settings)) return own
  const home = /^\s*home\s*=\s*(.+?)\s*$/im.exec(settings)?.[1]
  return home === undefined ? own : [...own, ...(await ofPrefix(dirname(home)))]
}

async function ofInstallation(program: string): Promise<readonly string[]> {
  const real = await realpath(program)
  const [, major, minor] = VERSION.exec(basename(real)) ?? []
  if (major !== undefined && minor !== undefined) {
    return ofPrefix(dirname(dirname(real)), `${major}.${minor}`)
  }
  // A shell script such as a version manager's: only it knows which Python it starts.
  try {
    const options = { timeout: TEN_SECONDS, env: { PATH: process.env.PATH ?? '' } }
    const { stdout } = await promisify(execFile)(program, ['-I', '-S', '-c', QUESTION], options)
    const [prefix, first, second] = JSON.parse(stdout) as readonly unknown[]
    return typeof prefix === 'string' ? ofPrefix(prefix, `${first}.${second}`) : []
  } catch {
    return []
  }
}

/** Debian keeps packages of the system in `dist-packages`, without the minor version. */
async function ofPrefix(prefix: string, version?: string): Promise<readonly string[]> {
  const lib = join(prefix, 'lib')
  const local = join(prefix, 'local', 'lib')
  const found = [
    ...(await versioned(local, 'dist-packages', version)),
    ...(await versioned(lib, 'site-packages', version)),
  ]
  const debian = join(lib, 'python3', 'dist-packages')
  return (await isFolder(debian)) ? [...found, debian] : found
}

async function versioned(lib: string, name: string, version?: string): Promise<readonly string[]> {
  const folders = await readdir(lib).catch(() => [])
  const matching = folders.filter(
    (folder) => VERSION.test(folder) && (version === undefined || folder === `python${version}`),
  )
  const paths = matching.map((folder) => join(lib, folder, name))
  const there = await Promise.all(paths.map(isFolder))
  return paths.filter((_, index) => there[index])
}

async function findProgram(
  name: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (isAbsolute(name) || name.includes('/')) return (await isFile(name)) ? name : undefined
  for (const folder of (variables.PATH ?? '').split(delimiter)) {
    const program = join(folder, name)
    if (folder !== '' && (await isFile(program))) return program
  }
  return undefined
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
}
