import type { PGlite } from '@electric-sql/pglite'
import { codeOf, InternalError } from '../../base/index.js'
import { quoteIdentifier } from '../../text/index.js'

/** What PGlite's build exports but its types do not name. */
interface Backend {
  readonly HEAPU32: Uint32Array
  _GetUserId(): number
  _SetUserIdAndSecContext(role: number, context: number): void
}

const BOOTSTRAP_SUPERUSER = 10
const INSUFFICIENT_PRIVILEGE = '42501'
/** A number that no role has; the first word of the heap that holds it is PostgreSQL's. */
const PROBE = 0x7a110001
/** PostgreSQL's variables about users lie side by side; this many words around are looked at. */
const NEIGHBOURS = 12
/** Current, outer and session user; and the authenticated one, which SQL cannot change. */
const USER_VARIABLES = 4

/**
 * Makes an engine's session one of another role, as if that role had logged in: SQL cannot become
 * anybody else any more, as PostgreSQL asks the *authenticated* user, and that is the role too.
 *
 * A single-user PostgreSQL starts as the bootstrap superuser and has no SQL to change who was
 * authenticated, so that variable (`AuthenticatedUserId` of miscinit.c) is written in the engine's
 * memory. The result is proved before it is relied on.
 */
export class Confinement {
  readonly #engine: PGlite
  readonly #backend: Backend
  #place: number | undefined
  #role = BOOTSTRAP_SUPERUSER

  constructor(engine: PGlite) {
    this.#engine = engine
    this.#backend = engine.Module as unknown as Backend
  }

  /** Logs the session in as `role`; outside a transaction only. */
  async enter(role: string): Promise<void> {
    await this.#engine.exec(`SET SESSION AUTHORIZATION ${quoteIdentifier(role)}`)
    this.#role = this.#backend._GetUserId()
    this.#place ??= findAuthenticatedUser(this.#backend)
    this.#backend.HEAPU32[this.#place] = this.#role
    await this.#prove()
  }

  /** Makes the session the superuser's again, whatever it was; outside a transaction only. */
  async leave(): Promise<void> {
    if (this.#place !== undefined) this.#backend.HEAPU32[this.#place] = BOOTSTRAP_SUPERUSER
    this.#role = BOOTSTRAP_SUPERUSER
    await this.#engine.exec('SET SESSION AUTHORIZATION postgres')
  }

  /** Lets the next statements of the session's transaction run as the superuser, or no longer. */
  elevate(on: boolean): void {
    this.#backend._SetUserIdAndSecContext(on ? BOOTSTRAP_SUPERUSER : this.#role, 0)
  }

  async #prove(): Promise<void> {
    try {
      await this.#engine.exec('SET SESSION AUTHORIZATION postgres')
    } catch (error) {
      if (codeOf(error) === INSUFFICIENT_PRIVILEGE) return
      throw error
    }
    throw cannotConfine('it could still become the superuser')
  }
}

/** The index of the one variable beside the current user's that `SET SESSION AUTHORIZATION` left. */
function findAuthenticatedUser(backend: Backend): number {
  const current = backend._GetUserId()
  backend._SetUserIdAndSecContext(PROBE, 0)
  const at = backend.HEAPU32.indexOf(PROBE)
  backend._SetUserIdAndSecContext(PROBE + 1, 0)
  const isCurrentUser = at >= NEIGHBOURS && backend.HEAPU32[at] === PROBE + 1
  backend._SetUserIdAndSecContext(current, 0)
  if (!isCurrentUser) throw cannotConfine('the current user was not found')
  const first = at - NEIGHBOURS
  const near = [...backend.HEAPU32.subarray(first, at + NEIGHBOURS + 1)]
  const left = near.indexOf(BOOTSTRAP_SUPERUSER)
  const changed = near.filter((value) => value === current).length
  if (
    changed !== USER_VARIABLES - 1 ||
    left < 0 ||
    left !== near.lastIndexOf(BOOTSTRAP_SUPERUSER)
  ) {
    throw cannotConfine('the authenticated user was not found')
  }
  return first + left
}

function cannotConfine(reason: string): InternalError {
  return new InternalError('EMBEDDED_CANNOT_CONFINE', `A session could not be confined: ${reason}`)
}
