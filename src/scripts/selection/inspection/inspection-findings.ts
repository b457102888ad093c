import type { Finding } from '../../../base/index.js'
import type { Release } from '../../../odoo/release/index.js'
import { signatureProblem } from './migrate-signature.js'
import type { ScriptInspection } from './script-inspection.js'

/** What a look at a script foretells: errors break the run off where the script stands. */
export function inspectionFindings(
  inspection: ScriptInspection,
  release: Release,
): readonly Finding[] {
  const { file } = inspection
  if (inspection.syntaxErrorLine !== undefined) {
    return [
      {
        code: 'SCRIPT_SYNTAX_ERROR',
        severity: 'error',
        message: 'The script is no Python 3',
        place: { file, line: inspection.syntaxErrorLine },
        hint: 'Correct the line; a script of Python 2 has to be rewritten.',
      },
    ]
  }
  return [
    ...aboutMigrate(inspection, release),
    ...inspection.unknownPackages.map(
      ({ module, line }): Finding => ({
        code: 'SCRIPT_PACKAGE_UNKNOWN',
        severity: 'warning',
        message: `The script imports ${module}, which is not part of Python, Odoo or moult`,
        place: { file, line },
        hint: 'Do without it, or run scripts with a Python interpreter that has it.',
        data: { module },
      }),
    ),
    ...aboutTier(inspection),
  ]
}

function aboutMigrate(inspection: ScriptInspection, release: Release): readonly Finding[] {
  const { file, migrate } = inspection
  const problem =
    migrate === undefined
      ? 'The script has no function migrate(cr, version)'
      : signatureProblem(inspection, release)
  if (problem === undefined) return []
  return [
    {
      code: 'SCRIPT_INVALID',
      severity: 'error',
      message: problem,
      place: { file, line: migrate?.line ?? 1 },
      hint: 'Define "def migrate(cr, version):" on the top level of the file.',
    },
  ]
}

function aboutTier({ file, tier, tierReason }: ScriptInspection): readonly Finding[] {
  if (tier !== 'T3' || tierReason === undefined) return []
  return [
    {
      code: 'SCRIPT_NEEDS_ODOO',
      severity: 'warning',
      message: `The script needs the release's own models: ${tierReason.what.replace(/^…\./, '')}`,
      place: { file, line: tierReason.line },
      hint: 'They are not loaded yet: it fails when it gets there. For a rehearsal --keep-going leaves it out.',
      data: { what: tierReason.what },
    },
  ]
}
