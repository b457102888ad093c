import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePythonLiteral } from '../../text/index.js'
import { parseRelease, readReleaseOf } from '../release/index.js'
import { detectKind, SCRIPTS_FOLDER } from './verify-source.js'

/** A folder that an upgrade could use. */
export interface NearbyFolder {
  readonly kind: 'odoo' | 'openupgrade' | 'addons'
  readonly folder: string
  /** The release, as far as its files tell it. */
  readonly series: string | undefined
}

const DEPTH = 2
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'dist', 'venv'])
const MANIFESTS = ['__manifest__.py', '__openerp__.py']
/** Manifests that are looked at to tell the release of a folder of modules. */
const SAMPLES = 20

/** Source trees, checkouts of OpenUpgrade and folders of modules in a folder, up to two levels down. */
export async function findNearby(folder: string, depth = DEPTH): Promise<readonly NearbyFolder[]> {
  const kind = detectKind(folder)
  if (kind === 'odoo') {
    const series = await readReleaseOf(folder).then(
      (release) => release.series,
      () => undefined,
    )
    return [{ kind, folder, series }]
  }
  const names = await foldersIn(folder)
  if (kind === 'openupgrade' && existsSync(join(folder, SCRIPTS_FOLDER))) {
    return [{ kind, folder, series: await seriesOf(folder, ['openupgrade_scripts']) }]
  }
  const modules = names.filter((name) => manifestOf(join(folder, name)) !== undefined)
  if (modules.length > 0) {
    return [{ kind: 'addons', folder, series: await seriesOf(folder, modules) }]
  }
  if (depth === 0 || manifestOf(folder) !== undefined) return []
  const below = await Promise.all(names.map((name) => findNearby(join(folder, name), depth - 1)))
  return below.flat()
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => !entry.isFile() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name))
      .map((entry) => entry.name)
      .sort()
  } catch {
    // No folder after all, or not ours to read.
    return []
  }
}

function manifestOf(module: string): string | undefined {
  return MANIFESTS.map((name) => join(module, name)).find((file) => existsSync(file))
}

/** The release that most of the modules name in their versions. */
async function seriesOf(folder: string, modules: readonly string[]): Promise<string | undefined> {
  const counts = new Map<string, number>()
  for (const module of modules.slice(0, SAMPLES)) {
    const series = await seriesOfModule(join(folder, module))
    if (series !== undefined) counts.set(series, (counts.get(series) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

async function seriesOfModule(module: string): Promise<string | undefined> {
  const file = manifestOf(module)
  if (file === undefined) return undefined
  try {
    const manifest = parsePythonLiteral(await readFile(file, 'utf8'))
    const version = manifest instanceof Map ? manifest.get('version') : undefined
    // A version without a series (1.0) has fewer parts.
    if (typeof version !== 'string' || version.split('.').length < 4) return undefined
    return parseRelease(version)?.series
  } catch {
    return undefined
  }
}
