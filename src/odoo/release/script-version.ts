import type { Release } from './release.js'
import { releaseRules } from './release-rules.js'

/**
 * What the name of a folder of migration scripts says: nothing at all (`invalid`, to be warned of),
 * something else than a version (`ignored`), or a version.
 */
export type ScriptVersion =
  | { readonly kind: 'invalid' }
  | { readonly kind: 'ignored' }
  | {
      readonly kind: 'version'
      /** The version to compare, with a series in front; `0.0.0` stays what it is. */
      readonly full: string
      /** Whether it holds for every series: the keys are compared without their first two elements. */
      readonly majorLess: boolean
    }

/** Runs before everything in pre and after everything in post and end, on every upgrade. */
export const EVERY_VERSION = '0.0.0'
const TESTS_FOLDER = 'tests'

/** The grammar of 17 and later; `$` of Python's expressions matches before a final newline too. */
const SERIES =
  /6\.1|[6-9]\.0|[1-9][0-9]+\.0|(?:7|8|9|10)\.saas~[1-9][0-9]*|saas~(?:1[1-9]|[2-9][0-9]+)\.[1-9]/
const STRICT_NAME = new RegExp(`^(?:(?:${SERIES.source})\\.)?[0-9]+\\.[0-9]+(?:\\.[0-9]+)?\\n?$`)

/**
 * Reads the name of a version folder (odoo/modules/migration.py). Up to 16 every name is a version,
 * whatever it looks like.
 */
export function readScriptVersion(name: string, release: Release): ScriptVersion {
  const rules = releaseRules(release)
  if (rules.strictScriptVersions) {
    if (name === TESTS_FOLDER) return { kind: 'ignored' }
    if (!STRICT_NAME.test(name)) return { kind: 'invalid' }
  }
  const dots = name.split('.').length - 1
  if (name === EVERY_VERSION || dots >= rules.dotsOfFullScriptVersion) {
    return { kind: 'version', full: name, majorLess: false }
  }
  const full = `${release.series}.${name}`
  return { kind: 'version', full, majorLess: rules.majorLessScripts }
}
