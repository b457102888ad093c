import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inParallel } from '../../base/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import { compareCodePoints } from '../../odoo/release/index.js'

/** Folders of a module whose files define neither models nor records. */
const PASSED_OVER = new Set(['static', 'i18n', 'i18n_extra', 'doc', 'migrations', 'upgrades'])
const READ = /\.(?:py|xml|csv|sql)$/i
const PARALLEL = 32

/**
 * What the records of a release are kept by: the same only for the same files with the same contents at the same
 * places.
 */
export async function releaseKey(
  { folders, modules, release }: AddonsTree,
  wanted: readonly string[] | undefined,
  version: number,
): Promise<string> {
  const parts = new Map<string, string>()
  await inParallel(
    [...modules.values()],
    async ({ name, folder }) => {
      const hash = createHash('sha256')
      for (const file of await filesIn(folder)) {
        const content = await readFile(file).catch(() => undefined)
        if (content !== undefined) hash.update(`${file}\0${content.length}\0`).update(content)
      }
      parts.set(name, hash.digest('hex'))
    },
    PARALLEL,
  )
  const sorted = [...parts].sort(([a], [b]) => compareCodePoints(a, b))
  const all = JSON.stringify([version, release.series, folders, wanted ?? null, sorted])
  return createHash('sha256').update(all).digest('hex').slice(0, 40)
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files: string[] = []
  for (const entry of entries.sort((a, b) => compareCodePoints(a.name, b.name))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!PASSED_OVER.has(entry.name)) files.push(...(await filesIn(path)))
    } else if (READ.test(entry.name)) {
      files.push(path)
    }
  }
  return files
}
