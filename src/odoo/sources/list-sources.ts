import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, type Findings, UserError } from '../../base/index.js'
import type { Environment } from '../../config/index.js'
import { compareVersions } from '../release/index.js'
import {
  readRecord,
  SOURCE_KINDS,
  type SourceKind,
  type SourceRecord,
  sourceFolder,
  sourcesFolder,
} from './source-record.js'

/** All sources that were added, by release. One whose folder is gone becomes a finding. */
export async function listSources(
  { cache }: Pick<Environment, 'cache'>,
  findings: Findings,
): Promise<readonly SourceRecord[]> {
  const all: SourceRecord[] = []
  for (const series of (await namesIn(sourcesFolder(cache))).toSorted(compareVersions)) {
    for (const kind of SOURCE_KINDS) {
      const record = await readRecord(sourceFolder(cache, series, kind))
      if (record === undefined) continue
      all.push(record)
      if (!existsSync(record.tree)) reportMissing(record, findings)
    }
  }
  return all
}

/**
 * Removes sources of a release from the cache: those of a kind, or all. A folder of the user's own is only
 * forgotten.
 *
 * Errors: RELEASE_SOURCE_UNKNOWN when there are none.
 */
export async function removeSources(
  series: string,
  { cache }: Pick<Environment, 'cache'>,
  kinds: readonly SourceKind[] = SOURCE_KINDS,
): Promise<readonly SourceRecord[]> {
  const removed: SourceRecord[] = []
  for (const kind of kinds) {
    const folder = sourceFolder(cache, series, kind)
    const record = await readRecord(folder)
    if (record === undefined) continue
    // Out of its place first: nobody is to find half of it.
    const away = join(dirname(folder), `.new-${process.pid}-${randomBytes(4).toString('hex')}`)
    await rename(folder, away)
    await rm(away, { recursive: true, force: true })
    removed.push(record)
  }
  if (removed.length > 0) return removed
  throw new UserError(
    'RELEASE_SOURCE_UNKNOWN',
    `There are no sources of ${kinds.join(' or ')} ${series}`,
    {
      hint: 'See what there is: moult sources list',
      data: { series, kinds: [...kinds] },
    },
  )
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

function reportMissing({ kind, series, tree }: SourceRecord, findings: Findings): void {
  findings.add({
    code: 'RELEASE_SOURCE_MISSING',
    severity: 'warning',
    message: `${kind} ${series}: ${tree} is no longer there`,
    place: { file: tree },
    hint: `Put the folder back, or remove the entry: moult sources remove ${series} --kind ${kind}`,
  })
}
