import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Findings, UserError } from '../../base/index.js'
import { readManifest } from '../addons/index.js'
import { type Release, readReleaseOf } from '../release/index.js'
import type { SourceKind } from './source-record.js'

const SCRIPTS_MODULE = 'openupgrade_scripts'

/** The upgrade path inside a checkout of OpenUpgrade. */
export const SCRIPTS_FOLDER = join(SCRIPTS_MODULE, 'scripts')

/** What a folder holds, told by its files. */
export function detectKind(tree: string): SourceKind | undefined {
  if (existsSync(join(tree, 'odoo', 'release.py'))) return 'odoo'
  return existsSync(join(tree, SCRIPTS_MODULE)) ? 'openupgrade' : undefined
}

/**
 * Makes sure that a folder holds the sources of a release, and gives their kind.
 *
 * Errors: RELEASE_SOURCE_INVALID, NOT_A_SOURCE_TREE.
 */
export async function verifySource(
  tree: string,
  release: Release,
  wanted: SourceKind | undefined,
): Promise<SourceKind> {
  const kind = detectKind(tree)
  if (kind === undefined)
    throw invalid(tree, 'neither odoo/release.py nor openupgrade_scripts is in it')
  if (wanted !== undefined && kind !== wanted)
    throw invalid(tree, `it holds ${kind}, not ${wanted}`)
  const found =
    kind === 'odoo' ? (await readReleaseOf(tree)).series : await seriesOfScripts(tree, release)
  if (found !== release.series) throw invalid(tree, `it is of ${found}, not of ${release.series}`)
  return kind
}

/** The series of a checkout of OpenUpgrade, as the version of its scripts' module tells it. */
async function seriesOfScripts(tree: string, release: Release): Promise<string> {
  if (!existsSync(join(tree, SCRIPTS_FOLDER))) throw invalid(tree, `${SCRIPTS_FOLDER} is missing`)
  const manifest = await readManifest(join(tree, SCRIPTS_MODULE), release, new Findings()).catch(
    () => undefined,
  )
  const version = manifest?.writtenVersion ?? ''
  if (version.startsWith(`${release.series}.`)) return release.series
  return /^\d+\.\d+/.exec(version)?.[0] ?? 'an unknown release'
}

function invalid(tree: string, why: string): UserError {
  return new UserError('RELEASE_SOURCE_INVALID', `${tree} cannot be used: ${why}`, {
    place: { file: tree },
    hint: 'Name the root of an Odoo source tree or of a checkout of OpenUpgrade, of the right branch.',
  })
}
