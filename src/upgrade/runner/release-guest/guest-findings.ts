import type { Finding, UserError } from '../../../base/index.js'
import type { ScriptCall } from '../../../scripts/hosts/index.js'

/** What the release's own code was entered for. */
export function releaseCodeUsed(
  module: string,
  release: string,
  what: string,
  rows: number | undefined,
): Finding {
  return {
    code: 'RELEASE_CODE_USED',
    severity: 'info',
    message: `${module}: the code of Odoo ${release} ${what}${rows === undefined ? '' : `, ${rows} rows`}`,
    data: { module, ...(rows !== undefined && { rows }) },
  }
}

/** A script that ran with the release's own models. */
export function releaseScriptRun({ module, phase, file }: ScriptCall, release: string): Finding {
  return {
    code: 'RELEASE_CODE_USED',
    severity: 'info',
    message: `${module}: a ${phase} script ran with the models of Odoo ${release}`,
    place: { file },
    data: { module },
  }
}

/** The release's code is on the addons path and does not start. */
export function releaseCodeUnavailable(
  { message, place, hint, data }: UserError,
  release: string,
): Finding {
  return {
    code: 'RELEASE_CODE_UNAVAILABLE',
    severity: 'warning',
    message: `The code of Odoo ${release} cannot be run, so that what only it knows stays undone: ${message}`,
    ...(place !== undefined && { place }),
    hint: hint ?? 'The traceback is in the data of this finding.',
    ...(data !== undefined && { data }),
  }
}
