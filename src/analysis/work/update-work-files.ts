import { join, posix } from 'node:path'
import type { UpgradeAnalysis } from '../analyze-releases.js'
import { folderOf } from '../files/analysis-files.js'
import { readIfThere, writeFiles } from '../files/write-files.js'
import { hasChanges } from '../texts/analysis-text.js'
import { type MergedWorkFile, mergeWorkFile, newWorkFile } from './merge-work-file.js'

/** Name of the file in which people note what they did about an analysis. */
export const WORK_FILE = 'upgrade_analysis_work.txt'

/** What became of the work file of a module. */
export interface UpdatedWorkFile {
  readonly module: string
  /** Relative to the folder of the analysis. */
  readonly path: string
  readonly isNew: boolean
  readonly added: number
  readonly vanished: number
  readonly changed: number
  readonly open: number
}

/**
 * Makes the work files of modules that changed, and merges the analysis into those that are there. Errors:
 * FILE_UNREADABLE, READ_FAILED, FILE_NOT_WRITABLE, WRITE_FAILED.
 */
export async function updateWorkFiles(
  { comparison }: UpgradeAnalysis,
  directory: string,
): Promise<readonly UpdatedWorkFile[]> {
  const updated: UpdatedWorkFile[] = []
  const files: { path: string; content: string }[] = []
  for (const module of comparison.newModules) {
    const analysis = comparison.modules.get(module.name)
    if (analysis === undefined) continue
    const path = posix.join(folderOf(module), WORK_FILE)
    const existing = await readIfThere(join(directory, path))
    if (existing === undefined && !hasChanges(analysis)) continue
    const merged: MergedWorkFile =
      existing === undefined ? newWorkFile(analysis) : mergeWorkFile(existing, analysis)
    files.push({ path, content: merged.text })
    updated.push({
      module: module.name,
      path,
      isNew: existing === undefined,
      added: merged.added.length,
      vanished: merged.vanished.length,
      changed: merged.changed.length,
      open: merged.open.length,
    })
  }
  await writeFiles(directory, files)
  return updated
}
