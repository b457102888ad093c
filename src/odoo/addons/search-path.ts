import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Findings, UserError } from '../../base/index.js'
import { type Release, readReleaseOf } from '../release/index.js'

/** What the search path is made of. */
export interface SearchPathOptions {
  /** Folders of modules, or roots of Odoo source trees, which stand for their addons folders. */
  readonly addonsPath: readonly string[]
  /** Odoo's data directory; its `addons/<series>` is searched as well. */
  readonly dataDir?: string
  /** The release; that of the source tree on the addons path when it is not given. */
  readonly release?: Release
}

/** Folders of modules in the order in which Odoo searches them. */
export interface SearchPath {
  readonly release: Release
  readonly folders: readonly string[]
  /** The source tree whose release it is, when one is on the path. */
  readonly root: string | undefined
}

/** Where Odoo's own modules lie inside a source tree, in search order. */
const INSIDE_A_TREE = ['odoo/addons', 'addons']

/**
 * Puts the search path together: the core folder of the source tree goes first, wherever it stands on
 * the addons path, so that nobody can replace a core module; then the data directory; then the addons
 * path. Folders that are missing are left out with a finding.
 *
 * Errors: RELEASE_UNKNOWN, RELEASE_MISMATCH.
 */
export async function resolveSearchPath(
  options: SearchPathOptions,
  findings: Findings,
): Promise<SearchPath> {
  const entries = options.addonsPath.map((entry) => resolve(entry))
  const roots = [...new Set(entries.flatMap(rootOf))]
  const [root] = roots
  const release = await releaseOf(options, roots)
  const local =
    options.dataDir === undefined ? [] : [join(options.dataDir, 'addons', release.series)]
  const core = root === undefined ? [] : [join(root, INSIDE_A_TREE[0] ?? '')]
  const given: string[] = []
  for (const entry of entries.flatMap(expandTree)) {
    if (await isFolder(entry)) given.push(entry)
    else reportMissing(entry, findings)
  }
  const optional: string[] = []
  for (const folder of [...core, ...local]) if (await isFolder(folder)) optional.push(folder)
  return { release, root, folders: [...new Set([...optional, ...given])] }
}

/** The addons folders of a source tree; any other folder stands for itself. */
export function expandTree(path: string): readonly string[] {
  if (!isRoot(path)) return [path]
  return INSIDE_A_TREE.map((folder) => join(path, folder)).filter((folder) => existsSync(folder))
}

/** Whether it is the root of an Odoo source tree. */
export function isRoot(path: string): boolean {
  return existsSync(join(path, 'odoo', 'release.py'))
}

/** The source tree that an entry is, or whose addons folder it is. */
function rootOf(entry: string): readonly string[] {
  return [entry, dirname(entry), dirname(dirname(entry))].filter(isRoot).slice(0, 1)
}

async function releaseOf(
  { release, addonsPath }: SearchPathOptions,
  roots: readonly string[],
): Promise<Release> {
  const found = await Promise.all(
    roots.map(async (root) => ({ root, release: await readReleaseOf(root) })),
  )
  const wanted = release ?? found[0]?.release
  if (wanted === undefined) {
    throw new UserError('RELEASE_UNKNOWN', 'No source tree of Odoo is on the addons path', {
      hint: 'Add the folder of the release (the one with odoo/release.py), or fetch it: moult sources add 16.0',
      data: { addonsPath: [...addonsPath] },
    })
  }
  for (const other of found) {
    if (other.release.series === wanted.series) continue
    throw new UserError(
      'RELEASE_MISMATCH',
      `${other.root} is Odoo ${other.release.series}, not ${wanted.series}`,
      {
        place: { file: other.root },
        hint: 'An addons path belongs to one release: name the folders of the release that is upgraded to.',
        data: { wanted: wanted.series, found: other.release.series },
      },
    )
  }
  return wanted
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

function reportMissing(folder: string, findings: Findings): void {
  findings.add({
    code: 'ADDONS_FOLDER_MISSING',
    severity: 'warning',
    message: `${folder} is on the addons path and does not exist`,
    place: { file: folder },
    hint: 'Take it off the addons path, or mend its name.',
  })
}
