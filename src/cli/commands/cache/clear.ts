import { type CachePart, clearCache, listCache } from '../../../cache/index.js'
import type { CommandAction } from '../../command.js'
import { count, formatBytes } from '../../output/units.js'

/** What was fetched stays: `moult sources remove` takes it away. */
export const FETCHED: ReadonlySet<string> = new Set(['sources', 'python-packages'])

/** What is removed is made anew when it is needed, so it is done without a question. */
export const clearCacheCommand: CommandAction = async (_, { environment }) => {
  const parts = await listCache(environment.cache)
  const cleared = parts.filter(({ name }) => !FETCHED.has(name))
  await clearCache(cleared)
  return {
    data: { folder: environment.cache, cleared },
    lines: () =>
      cleared.length === 0
        ? [`There is nothing to clear in ${environment.cache}.`]
        : [
            ...cleared.map((part) => `Cleared ${describePart(part)}.`),
            'Fetched sources stay; moult sources remove takes them away.',
          ],
  }
}

/** `parsed: 3,565 files, 12.1 MB` */
export function describePart({ name, files, bytes }: CachePart): string {
  return `${name}: ${count(files, 'file')}, ${formatBytes(bytes)}`
}
