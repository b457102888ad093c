import { CancelledError, UserError } from '../../base/index.js'
import type { Guest } from './guest.js'
import { guestFailed } from './guest-findings.js'
import type { LoaderHop } from './loader-part.js'
import type { LoaderScope } from './loader-scope.js'

/** The guest could not be started, which it has told. */
const UNAVAILABLE = 'RELEASE_CODE_UNAVAILABLE'

/**
 * Has the guest do something. Undefined where there is none or it failed: that is told, and what it wrote is
 * undone; what is then left to do is the caller's to tell.
 */
export async function askGuest<T>(
  { guest }: Pick<LoaderHop, 'guest'>,
  { session, addFinding }: LoaderScope,
  ask: (guest: Guest) => Promise<T>,
): Promise<{ readonly answer: T } | undefined> {
  if (guest === undefined) return undefined
  try {
    return { answer: await session.savepoint(() => ask(guest)) }
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error
    if (error.code !== UNAVAILABLE) addFinding(guestFailed(error))
    return undefined
  }
}
