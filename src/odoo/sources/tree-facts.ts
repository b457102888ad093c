import { existsSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { inParallel } from '../../base/index.js'
import { type GitOptions, runGit } from './run-git.js'

/** The commit that is checked out in a folder, and its date; nothing where the folder is no checkout. */
export async function commitOf(
  tree: string,
  options: GitOptions,
): Promise<{ readonly commit?: string; readonly date?: string }> {
  if (!existsSync(join(tree, '.git'))) return {}
  try {
    const [commit, date] = (
      await runGit(['-C', tree, 'log', '-1', '--no-show-signature', '--format=%H %cI'], options)
    )
      .trim()
      .split(' ')
    return { ...(commit && { commit }), ...(date && { date }) }
  } catch (error) {
    // Without git, or in a folder of somebody else, which git refuses: the sources are as good.
    if (options.signal.aborted) throw error
    return {}
  }
}

/** Bytes of all files below a folder; links are not followed. */
export async function sizeOf(folder: string): Promise<number> {
  let size = 0
  let level = [folder]
  while (level.length > 0) {
    const next: string[] = []
    await inParallel(
      level,
      async (path) => {
        for (const entry of await readdir(path, { withFileTypes: true })) {
          const child = join(path, entry.name)
          if (entry.isDirectory()) next.push(child)
          else if (entry.isFile()) size += (await lstat(child)).size
        }
      },
      32,
    )
    level = next
  }
  return size
}
