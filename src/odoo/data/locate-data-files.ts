import { stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { type Finding, messageOf } from '../../base/index.js'
import { iteratePython } from '../../text/index.js'
import type { AddonsTree, Manifest } from '../addons/index.js'
import { releaseRules } from '../release/index.js'

/** A data file that a manifest names, before it is read. */
export interface LocatedDataFile {
  /** As the manifest names it. */
  readonly path: string
  /** Undefined where it cannot be read; the finding says why. */
  readonly file: string | undefined
  /** What holds for its records where the file does not say itself. */
  readonly noupdate: boolean
  readonly finding?: Finding
}

export type DataKind = 'data' | 'demo'

/** Far more than any data file of Odoo has; a larger one is no data file. */
const LARGEST = 128 * 1024 * 1024
/** The CSV files that this key names are not updated. */
const NOUPDATE_KEY = 'init_xml'

/**
 * Finds the data or demo files of a module, in the order in which Odoo loads them, repetitions included. One
 * that is missing, no file, too large or outside of the addons path is told by its finding: DATA_FILE_MISSING,
 * DATA_FILE_UNREADABLE, DATA_FILE_TOO_LARGE, DATA_FILE_OUTSIDE.
 */
export async function locateDataFiles(
  tree: Pick<AddonsTree, 'findAll' | 'folders' | 'release'>,
  manifest: Manifest,
  kind: DataKind = 'data',
): Promise<readonly LocatedDataFile[]> {
  const paths = kind === 'data' ? manifest.data : manifest.demo
  const guarded = kind === 'data' ? guardedFiles(tree, manifest) : undefined
  return Promise.all(
    paths.map(async (path) => {
      const noupdate = guarded === undefined || guarded.has(path)
      const found = await locate(tree, manifest.module, path)
      return typeof found === 'string'
        ? { path, file: found, noupdate }
        : { path, file: undefined, noupdate, finding: found }
    }),
  )
}

/** CSV files that a release which still reads `init_xml` must not update. */
function guardedFiles(
  { release }: Pick<AddonsTree, 'release'>,
  { values }: Manifest,
): ReadonlySet<string> {
  if (!releaseRules(release).dataKeys.includes(NOUPDATE_KEY)) return new Set()
  const files = iteratePython(values.get(NOUPDATE_KEY)) ?? []
  return new Set(
    files.flatMap((file) =>
      typeof file === 'string' && file.toLowerCase().endsWith('.csv') ? [file] : [],
    ),
  )
}

async function locate(
  tree: Pick<AddonsTree, 'findAll' | 'folders'>,
  module: string,
  path: string,
): Promise<string | Finding> {
  const isInside = tree.folders.some((folder) => {
    const root = resolve(folder)
    return resolve(join(root, module), path).startsWith(root + sep)
  })
  const problem = (code: string, what: string, hint: string): Finding => ({
    code,
    severity: 'error',
    message: `${module}: the data file ${path} ${what}`,
    place: { object: module, file: path },
    hint,
  })
  if (!isInside || path.includes('\0')) {
    return problem('DATA_FILE_OUTSIDE', 'is outside of the addons path', 'Put it into the module.')
  }
  const [file] = await tree.findAll(module, path)
  if (file === undefined) {
    const hint = 'Odoo breaks off here; correct the manifest or add the file.'
    return problem('DATA_FILE_MISSING', 'does not exist', hint)
  }
  try {
    const found = await stat(file)
    if (!found.isFile()) return problem('DATA_FILE_UNREADABLE', 'is no file', 'Name a file.')
    if (found.size <= LARGEST) return file
    const hint = `Data files over ${LARGEST / 1024 / 1024} MB are not read; split it.`
    return problem('DATA_FILE_TOO_LARGE', `has ${found.size} bytes`, hint)
  } catch (error) {
    return problem(
      'DATA_FILE_UNREADABLE',
      `cannot be read: ${messageOf(error)}`,
      'Check its rights.',
    )
  }
}
