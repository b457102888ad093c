import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddonsTree } from '../../odoo/addons/index.js'
import { compareCodePoints } from '../../odoo/release/index.js'

/** Folders of a module whose files define neither models nor records. */
const PASSED_OVER = new Set(['static', 'i18n', 'i18n_extra', 'doc', 'migrations', 'upgrades'])
const READ = /\.(?:py|xml|csv|sql)$/i

/**
 * What the records of a release are kept by: the same only for the same files with the same contents at the same
 * places. Thousands of small files are read at once synchronously, in half of the time: it is made for threads.
 */
export function releaseKey(
  { folders, modules, release }: AddonsTree,
  wanted: readonly string[] | undefined,
  version: number,
): string {
  const parts = new Map<string, string>()
  for (const { name, folder } of modules.values()) {
    const hash = createHash('sha256')
    for (const file of filesIn(folder)) {
      const content = contentOf(file)
      if (content !== undefined) hash.update(`${file}\0${content.length}\0`).update(content)
    }
    parts.set(name, hash.digest('hex'))
  }
  const sorted = [...parts].sort(([a], [b]) => compareCodePoints(a, b))
  const all = JSON.stringify([version, release.series, folders, wanted ?? null, sorted])
  return createHash('sha256').update(all).digest('hex').slice(0, 40)
}

function filesIn(folder: string): readonly string[] {
  const files: string[] = []
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!PASSED_OVER.has(entry.name)) files.push(...filesIn(path))
    } else if (READ.test(entry.name)) {
      files.push(path)
    }
  }
  return files
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.sort((a, b) => compareCodePoints(a.name, b.name))
  } catch {
    return []
  }
}

function contentOf(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
