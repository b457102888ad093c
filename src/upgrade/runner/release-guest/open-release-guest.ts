import { openNativeOrm, type ScriptScope, sqlOperations } from '../../../scripts/hosts/index.js'
import { GuestError } from '../../../scripts/values/index.js'
import type { LoaderScope } from '../../loader/index.js'
import { serverWideModules } from '../../odoo-loader/index.js'
import { isRunnable } from '../../planning/index.js'
import { type OdooGuestGiven, odooGuestOptions } from '../odoo-guest-options.js'
import type { RunEvents } from '../run-events.js'
import type { RunScriptOperations } from '../script-services.js'
import { ReleaseGuest, type ReleaseGuestParts } from './release-guest.js'

export interface ReleaseGuestGiven extends Omit<OdooGuestGiven, 'root'> {
  readonly loader: ReleaseGuestParts['loader']
  /** What moult's own openupgradelib asks for. */
  readonly operations: RunScriptOperations
  readonly log: (line: RunEvents['scriptLog']) => void
}

/** Helpers whose effects the loader has to know of: what they load is not cleaned up. */
const OF_THE_LOADER = ['load_data', 'load_xml']

/** The release's code where the source tree has it; nothing is started before it is needed. */
export function openReleaseGuest(given: ReleaseGuestGiven): ReleaseGuest | undefined {
  const { tree, request, loader, operations, log } = given
  const { root } = tree
  if (root === undefined || !isRunnable(root)) return undefined
  const options = {
    ...odooGuestOptions({ ...given, root }),
    serverWide: serverWideModules(request.profile),
  }
  return new ReleaseGuest({
    release: request.to,
    loader,
    open: async (scope) => {
      const orm = await openNativeOrm(options, scope)
      orm.leaveToHost(OF_THE_LOADER)
      return orm
    },
    scopeOf: ({ session, signal, addFinding }: LoaderScope): ScriptScope => ({
      session,
      operations: {
        ...operations(session, addFinding),
        ...sqlOperations({ session, commit: async () => {}, rollback: refuseRollback }),
      },
      log: (line) => log({ ...line, module: '' }),
      signal,
      cancelStatement: () => session.stop(),
      limits: {},
    }),
  })
}

/** The transaction holds the work of the whole step. */
async function refuseRollback(): Promise<void> {
  throw new GuestError('value', 'rollback() would undo what others did in the same transaction')
}
