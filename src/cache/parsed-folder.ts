import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inParallel } from '../base/index.js'

/** Folder of the cache for what was worked out of source files. */
export const PARSED_FOLDER = 'parsed'

const LARGEST_BYTES = 600_000_000
/** What is left after trimming, so that it is not due again at once. */
const TRIMMED_SHARE = 0.7
const PARALLEL = 32
/** A draft of an entry that nobody has finished for so long belongs to a process that died. */
const DRAFT_MS = 3_600_000
const DRAFT = /\.[0-9a-f-]{36}$/

interface Entry {
  readonly path: string
  readonly bytes: number
  readonly used: number
}

/** Takes away what was not used for longest, when the parsed files have grown beyond their limit. */
export async function trimParsed(cacheDirectory: string, limit = LARGEST_BYTES): Promise<void> {
  const entries = await entriesIn(join(cacheDirectory, PARSED_FOLDER))
  const stale = entries.filter(({ path, used }) => DRAFT.test(path) && Date.now() - used > DRAFT_MS)
  let excess = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  excess = excess > limit ? excess - limit * TRIMMED_SHARE : 0
  const oldest = entries.toSorted((a, b) => a.used - b.used)
  const doomed = [...stale]
  for (const entry of oldest) {
    if (excess <= 0) break
    excess -= entry.bytes
    doomed.push(entry)
  }
  await inParallel(doomed, ({ path }) => rm(path, { force: true }), PARALLEL)
}

async function entriesIn(folder: string): Promise<readonly Entry[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const entries: Entry[] = []
  await inParallel(
    names.filter((entry) => entry.isFile()),
    async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      const facts = await stat(path).catch(() => undefined)
      if (facts !== undefined) entries.push({ path, bytes: facts.size, used: facts.mtimeMs })
    },
    PARALLEL,
  )
  return entries
}
