import {
  compareCodePoints,
  compareVersionKeys,
  EVERY_VERSION,
  type Release,
  releaseRules,
  type VersionKey,
} from '../../odoo/release/index.js'
import type { Phase, ScriptFile, ScriptSource } from './migration-script.js'

/** A version folder's name over all sources that have it. */
export interface OrderedVersion {
  readonly name: string
  /** Key of the version that the name stands for. */
  readonly key: VersionKey
  /** The first source that has it. */
  readonly rank: number
}

/**
 * Version folders in the order they run: by version; `0.0.0` first in pre, last otherwise. Odoo leaves the
 * order of equal versions to chance; here the source decides, then the name.
 */
export function orderVersions<V extends OrderedVersion>(
  versions: readonly V[],
  phase: Phase,
): readonly V[] {
  const place = (version: V) => {
    if (version.name !== EVERY_VERSION) return 0
    return phase === 'pre' ? -1 : 1
  }
  return versions.toSorted(
    (a, b) =>
      place(a) - place(b) ||
      compareVersionKeys(a.key, b.key) ||
      a.rank - b.rank ||
      compareCodePoints(a.name, b.name),
  )
}

/** A script and where it comes from. */
export interface SourcedScript {
  readonly script: ScriptFile
  readonly source: ScriptSource
}

/**
 * The files of one version folder's name over all sources: by base name, then source. 14 orders by path, and
 * only those of the upgrade path are absolute, so these come first.
 */
export function orderFiles<S extends SourcedScript>(
  scripts: readonly S[],
  release: Release,
): readonly S[] {
  const byPath = releaseRules(release).scriptOrder === 'path'
  const group = ({ source }: S) => (source.kind === 'upgrade' ? -1 : source.rank)
  return scripts.toSorted(
    (a, b) =>
      (byPath ? group(a) - group(b) : 0) ||
      compareCodePoints(a.script.name, b.script.name) ||
      a.source.rank - b.source.rank,
  )
}
