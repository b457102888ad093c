import type { Finding, UserError } from '../../base/index.js'
import type { ModuleHook } from './guest.js'

/** The release's own code could not do what it was asked for. */
export function guestFailed({ message, place, data }: UserError): Finding {
  return {
    code: 'RELEASE_CODE_FAILED',
    severity: 'warning',
    message: `The release's own code failed, and what it wrote is undone: ${message}`,
    ...(place !== undefined && { place }),
    hint: 'What is left undone is told beside. The traceback is in the data of this finding.',
    ...(data !== undefined && { data }),
  }
}

/** A hook that nobody has run. */
export function hookLeft({ module, name, kind }: ModuleHook): Finding {
  return {
    code: 'HOOK_NOT_RUN',
    severity: 'warning',
    message: `${module}: ${name}, which Odoo runs ${kind === 'pre' ? 'before' : 'after'} it installs the module, was not run`,
    hint: 'Give the whole source tree of the release, or do by a script what the hook does.',
    data: { module, hook: name, kind },
  }
}
