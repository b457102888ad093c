import type { Findings } from '../../../base/index.js'
import { expandPath } from '../../../config/index.js'
import { type Apriori, findApriori, NO_APRIORI, readApriori } from '../../../odoo/modules/index.js'
import type { CommandContext } from '../../command.js'

/**
 * The apriori that is named, or the one beside the scripts; without one nothing was renamed. Spaces around a name
 * are kept, as upgrade_analysis keeps them, with a finding APRIORI_NAME_SPACED.
 *
 * Errors: FILE_NOT_FOUND, FILE_UNREADABLE, READ_FAILED, PYTHON_SYNTAX_ERROR.
 */
export async function aprioriOf(
  given: string | undefined,
  upgradePaths: readonly string[],
  {
    environment,
    findings,
  }: { readonly environment: CommandContext['environment']; readonly findings: Findings },
): Promise<Apriori> {
  const file =
    given === undefined ? await findApriori(upgradePaths) : expandPath(given, environment)
  if (file === undefined) {
    findings.add({
      code: 'APRIORI_MISSING',
      severity: 'info',
      message: 'No apriori.py is named: renamed modules and models look like deleted and new ones',
      hint: "Name OpenUpgrade's with --apriori FILE.",
    })
    return NO_APRIORI
  }
  const apriori = await readApriori(file, findings)
  for (const [dict, names] of Object.entries(apriori)) {
    for (const [old, now] of names as ReadonlyMap<string, string>) {
      for (const name of [old, now])
        if (name !== name.trim()) reportSpaced(name, dict, file, findings)
    }
  }
  return apriori
}

function reportSpaced(name: string, dict: string, file: string, findings: Findings): void {
  findings.add({
    code: 'APRIORI_NAME_SPACED',
    severity: 'info',
    message: `${dict}: ${JSON.stringify(name)} has a space around it, so it is the name of nothing`,
    place: { file },
    hint: 'Correct the file; until then the name is used as it is written.',
  })
}
