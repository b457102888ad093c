import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { codeOf, Findings, UserError, writeError } from '../../base/index.js'
import {
  type DraftRelease,
  PROJECT_FILES,
  type ProjectDraft,
  renderProjectConfig,
} from '../../config/index.js'
import { compareVersions, parseRelease, SUPPORTED_MAJORS } from '../../odoo/release/index.js'
import { findNearby, listSources, type NearbyFolder } from '../../odoo/sources/index.js'
import { type CommandAction, type CommandContext, textOption } from '../command.js'
import { releaseArgument } from './sources/release-argument.js'

/** Writes a configuration with what is found, and asks nothing. */
export const initCommand: CommandAction = async ({ args, options }, context) => {
  const folder = resolve(args[0] ?? '.')
  const format = textOption(options, 'format') === 'json' ? 'json' : 'ts'
  const file = join(folder, format === 'json' ? PROJECT_FILES[1] : PROJECT_FILES[0])
  const there = PROJECT_FILES.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (there !== undefined) throw exists(there)
  const to = textOption(options, 'to')
  const target = to === undefined ? undefined : releaseArgument(to).series
  const draft = await draftOf(folder, target, context)
  try {
    await writeFile(file, renderProjectConfig(draft, format), { flag: 'wx' })
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? exists(file) : writeError(error, file)
  }
  const releases = draft.releases.map(({ series }) => series)
  return {
    data: { file, to: draft.to, releases },
    lines: () => [
      `Wrote ${file}.`,
      releases.length === 0
        ? 'No sources were found. Fetch those of a release: moult sources add 16.0'
        : `Sources were found for ${releases.join(', ')}. Look through the file, then: moult plan BACKUP`,
    ],
  }
}

async function draftOf(
  folder: string,
  to: string | undefined,
  { environment }: CommandContext,
): Promise<ProjectDraft> {
  const cached = await listSources(environment, new Findings())
  const nearby = await findNearby(folder)
  const series = [...cached, ...nearby]
    .map((found) => found.series)
    .filter((name) => name !== undefined && isSupported(name))
  const releases = [...new Set(series)]
    .toSorted(compareVersions)
    .flatMap((name) => (name === undefined ? [] : [draftRelease(name, nearby, folder)]))
  return {
    to: to ?? releases.at(-1)?.series,
    releases,
    others: nearby
      .filter((found) => found.series === undefined)
      .map((found) => relativeTo(folder, found.folder)),
  }
}

/** Sources in the cache need not be written down: they are found by their release. */
function draftRelease(
  series: string,
  nearby: readonly NearbyFolder[],
  folder: string,
): DraftRelease {
  const own = nearby.filter((found) => found.series === series)
  const pathsOf = (kind: NearbyFolder['kind']): readonly string[] =>
    own.filter((found) => found.kind === kind).map((found) => relativeTo(folder, found.folder))
  const openupgrade = pathsOf('openupgrade')
  return {
    series,
    addonsPath: [...pathsOf('addons'), ...pathsOf('odoo'), ...openupgrade],
    upgradePath: openupgrade.map((path) => `${path}/openupgrade_scripts/scripts`),
  }
}

function relativeTo(folder: string, path: string): string {
  const text = relative(folder, path).replaceAll('\\', '/')
  return text === '' ? '.' : text
}

function isSupported(series: string): boolean {
  const release = parseRelease(series)
  return release?.minor === 0 && SUPPORTED_MAJORS.some((major) => major === release.major)
}

function exists(file: string): UserError {
  return new UserError('FILE_EXISTS', `${file} already exists`, {
    place: { file },
    hint: 'Edit it, or delete it and run the command again.',
  })
}
