import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inParallel, readError } from '../../base/index.js'
import type { Release } from '../../odoo/release/index.js'
import { discoverScripts } from '../../scripts/selection/index.js'
import { WORK_FILE } from './update-work-files.js'
import { readWorkFile, type WorkLine } from './work-file.js'

/** A script of a hop, with its text. */
export interface HopScript {
  /** `16.0.1.2/pre-migration.py` */
  readonly name: string
  readonly text: string
}

/** What people have made for a hop, by module of the new release. */
export interface HopScripts {
  readonly scripts: ReadonlyMap<string, readonly HopScript[]>
  readonly workFiles: ReadonlyMap<string, readonly WorkLine[]>
}

export interface HopScriptsRequest {
  readonly release: Release
  readonly modules: readonly { readonly name: string; readonly folder: string }[]
  readonly addonsPath: readonly string[]
  readonly upgradePaths: readonly string[]
}

/** Folders of scripts that run on the way to any release. */
const EVERY = '0.0.0'

/**
 * Reads the scripts and work files that belong to the way to a release. Errors: READ_FAILED, FILE_UNREADABLE.
 */
export async function readHopScripts(request: HopScriptsRequest): Promise<HopScripts> {
  const found = await discoverScripts(request)
  const scripts = new Map<string, readonly HopScript[]>()
  const workFiles = new Map<string, readonly WorkLine[]>()
  const { series } = request.release
  await inParallel([...found.modules], async ([module, directories]) => {
    const own: HopScript[] = []
    const work: WorkLine[] = []
    for (const { name, folder, scripts: files, otherFiles } of directories) {
      if (name !== EVERY && !name.startsWith(`${series}.`)) continue
      for (const file of files) {
        own.push({ name: `${name}/${file.name}`, text: await readText(file.file) })
      }
      if (otherFiles.includes(WORK_FILE)) {
        work.push(...readWorkFile(await readText(join(folder, WORK_FILE))))
      }
    }
    if (own.length > 0) scripts.set(module, own)
    if (work.length > 0) workFiles.set(module, work)
  })
  return { scripts, workFiles }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw readError(error, file)
  }
}
