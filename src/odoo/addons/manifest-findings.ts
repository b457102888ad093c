import type { Finding, Findings } from '../../base/index.js'
import type { PythonDict } from '../../text/index.js'
import { isTruthy } from '../../text/index.js'
import { type Release, type ReleaseRules, releaseRules } from '../release/index.js'
import { MANIFEST_NAMES } from './manifest-file.js'
import { textsOf } from './manifest-values.js'

/** A version that begins like that of another series: `15.0.1.0.0` read on 16 becomes 16.0.15.0.1.0.0. */
const OTHER_SERIES = /^(?:saas~\d+\.\d+|(?:[6-9]|[1-9]\d)\.0)\.\d+\.\d+/
/** Keys of data files that only old releases read. */
const OLD_DATA_KEYS = ['init_xml', 'update_xml', 'demo_xml']
const FIRST_WITHOUT_OPENERP = 17

/** What is worth telling about a manifest that can be read. */
export function reportManifest(
  { module, file, dict, tail }: { module: string; file: string; dict: PythonDict; tail: string },
  release: Release,
  findings: Findings,
): void {
  const rules = releaseRules(release)
  const warn = (code: string, message: string, hint: string, severity: Finding['severity']): void =>
    findings.add({
      code,
      severity,
      message: `${module}: ${message}`,
      place: { file, object: module },
      hint,
    })
  if (rules.warnsOfMissingLicense && !isTruthy(dict.get('license'))) {
    const message = `Missing \`license\` key in manifest for '${module}', defaulting to LGPL-3`
    warn('MANIFEST_WITHOUT_LICENSE', message, "Add the key 'license'.", 'info')
  }
  if (OTHER_SERIES.test(tail)) {
    warn(
      'MANIFEST_OTHER_SERIES',
      `the version ${tail} is of another series and becomes ${release.series}.${tail}`,
      'That is greater than any later version of the module, so scripts will not run; port the module.',
      'warning',
    )
  }
  const ignored = ignoredKeys(dict, rules)
  if (ignored.length > 0) {
    warn(
      'MANIFEST_KEYS_IGNORED',
      `Odoo ${release.series} ignores ${ignored.join(', ')}`,
      "Name the files under 'data' or 'demo', or they are not loaded.",
      'warning',
    )
  }
  const repeated = rules.warnsOfRepeatedData ? repeatedData(dict, rules) : []
  if (repeated.length > 0) {
    warn(
      'MANIFEST_REPEATED_DATA',
      `data files are named twice and loaded twice: ${repeated.join(', ')}`,
      'Remove one of the two.',
      'info',
    )
  }
  if (release.major >= FIRST_WITHOUT_OPENERP && file.endsWith(MANIFEST_NAMES[1])) {
    const hint = `Rename the file to ${MANIFEST_NAMES[0]}.`
    warn('MANIFEST_OLD_NAME', `manifests named ${MANIFEST_NAMES[1]} are deprecated`, hint, 'info')
  }
}

function ignoredKeys(dict: PythonDict, rules: ReleaseRules): readonly string[] {
  const read = new Set([...rules.dataKeys, ...rules.demoKeys])
  return OLD_DATA_KEYS.filter((key) => !read.has(key) && isTruthy(dict.get(key)))
}

function repeatedData(dict: PythonDict, rules: ReleaseRules): readonly string[] {
  const files = rules.dataKeys.flatMap((key) => textsOf(dict.get(key)))
  return [...new Set(files.filter((file, index) => files.indexOf(file) < index))]
}
