import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Progress, UsageError, UserError } from '../../base/index.js'
import type { Environment } from '../../config/index.js'
import { type Release, releaseRules } from '../release/index.js'
import { runGit } from './run-git.js'
import {
  type SourceKind,
  type SourceOrigin,
  type SourceRecord,
  sourceFolder,
  TREE,
  writeRecord,
} from './source-record.js'
import { placeSource, withNewFolder } from './source-store.js'
import { commitOf, sizeOf } from './tree-facts.js'
import { verifySource } from './verify-source.js'

/** What to add. Without `git` and `folder` the public repository of the kind is cloned. */
export interface AddSourceOptions {
  readonly release: Release
  /** Found out from the files when it is not given and `git` or `folder` is. */
  readonly kind?: SourceKind
  /** An address that git understands, or a folder with a repository. */
  readonly git?: string
  /** The release's series when it is not given. */
  readonly branch?: string
  /** A folder of the user's own, which is used where it is. */
  readonly folder?: string
  /** Takes the place of sources that are there already. */
  readonly overwrite?: boolean
}

/** The public repositories. */
const REPOSITORIES: Readonly<Record<SourceKind, string>> = {
  odoo: 'https://github.com/odoo/odoo',
  openupgrade: 'https://github.com/OCA/OpenUpgrade',
}

/**
 * Adds a source tree of a release: clones it into the cache (one commit of one branch), or notes a
 * folder. It appears only when it is complete and checked; of two who add the same one at once, the
 * second finds the first one's.
 *
 * Errors: RELEASE_SOURCE_EXISTS, RELEASE_SOURCE_INVALID, NOT_A_SOURCE_TREE, GIT_MISSING, GIT_FAILED, RELEASE_UNSUPPORTED,
 * CONFLICTING_OPTIONS.
 */
export async function addSource(
  options: AddSourceOptions,
  environment: Environment,
  progress: Progress,
): Promise<SourceRecord> {
  const { release, folder, git, kind, overwrite = false } = options
  releaseRules(release)
  if (folder !== undefined && git !== undefined) {
    throw new UsageError('CONFLICTING_OPTIONS', 'A folder and a repository contradict each other', {
      hint: 'Give either --folder or --git.',
    })
  }
  const target = (found: SourceKind): string =>
    sourceFolder(environment.cache, release.series, found)
  if (kind !== undefined && !overwrite && existsSync(target(kind))) throw exists(kind, target(kind))
  return withNewFolder(environment.cache, release.series, async (work) => {
    const record =
      folder === undefined
        ? await clone(options, work, environment, progress)
        : await note(resolve(folder), options, environment, progress)
    await writeRecord(work, record)
    progress.check('Adding sources')
    const place = target(record.kind)
    const placed = await placeSource(work, place, overwrite)
    if (!placed) throw exists(record.kind, place)
    return { ...record, tree: folder === undefined ? join(place, TREE) : record.tree }
  })
}

async function clone(
  { release, kind, git, branch = release.series }: AddSourceOptions,
  work: string,
  { variables }: Environment,
  progress: Progress,
): Promise<SourceRecord> {
  const url = git ?? REPOSITORIES[kind ?? 'odoo']
  const tree = join(work, TREE)
  const name = `Fetching ${url} ${branch}`
  const commit = await progress.step(name, { unit: '%', total: 100 }, async (step) => {
    let done = 0
    const onLine = (line: string): void => {
      const percent = Number(/^Receiving objects:\s+(\d+)%/.exec(line)?.[1] ?? 0)
      if (percent <= done || progress.signal.aborted) return
      step.advance(percent - done)
      done = percent
    }
    const git = { signal: progress.signal, variables, onLine }
    const flags = ['--depth=1', '--single-branch', '--no-tags', '--template=', '--progress']
    await runGit(['clone', ...flags, `--branch=${branch}`, '--', addressOf(url), tree], git)
    return commitOf(tree, git)
  })
  return {
    kind: await verifySource(tree, release, kind),
    series: release.series,
    origin: { git: url, branch },
    tree,
    commit: commit.commit,
    date: commit.date,
    size: await sizeOf(tree),
  }
}

/** A folder of the user's own stays where it is; only its place is noted. */
async function note(
  folder: string,
  { release, kind }: AddSourceOptions,
  { variables }: Environment,
  { signal }: Progress,
): Promise<SourceRecord> {
  const origin: SourceOrigin = { folder }
  const found = await verifySource(folder, release, kind)
  const { commit, date } = await commitOf(folder, { signal, variables })
  return { kind: found, series: release.series, origin, tree: folder, commit, date, size: 0 }
}

/** git copies all of a repository that is named by a path; by its URL it heeds the depth. */
function addressOf(url: string): string {
  return existsSync(url) ? pathToFileURL(resolve(url)).href : url
}

function exists(kind: SourceKind, place: string): UserError {
  return new UserError(
    'RELEASE_SOURCE_EXISTS',
    `There are sources of ${kind} for this release: ${place}`,
    {
      place: { file: place },
      hint: 'Remove them first, or replace them with --overwrite.',
    },
  )
}
