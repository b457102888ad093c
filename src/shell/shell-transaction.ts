import { raw, type Session } from '../db/index.js'
import type { GuestAnswer, GuestOperations } from '../scripts/values/index.js'

const NOTHING: GuestAnswer = { kind: 'value', value: null }
/** Odoo's own level (`odoo/sql_db.py`). */
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ'
/** What the running statement can be undone to. */
const STATEMENT = 'moult_statement'
/** Where a commit was asked for that is none. */
const KEPT = 'moult_kept'

/**
 * The transaction of a prompt, which is open all the time. Without the permission to commit, COMMIT only
 * marks how far a later ROLLBACK goes back, so that code runs as it would with it, and nothing stays.
 */
export class ShellTransaction {
  readonly #session: Session
  readonly #commits: boolean
  readonly #ignored: () => void
  #marked = false
  #kept = false

  constructor(session: Session, commits: boolean, ignored: () => void) {
    this.#session = session
    this.#commits = commits
    this.#ignored = ignored
  }

  /** Begins the first transaction. */
  async begin(): Promise<void> {
    await this.#send(BEGIN)
  }

  /** Ends the last one; what was not committed is undone. */
  async end(): Promise<void> {
    await this.#send('ROLLBACK')
  }

  operations(): GuestOperations {
    const answering = (body: () => Promise<void>) => async (): Promise<GuestAnswer> => {
      await body()
      return NOTHING
    }
    return {
      begin: async () => NOTHING,
      commit: answering(() => this.#commit()),
      rollback: answering(() => this.#rollBack()),
      'shell.mark': answering(() => this.#mark()),
      'shell.undo': answering(() => this.#undo()),
    }
  }

  async #commit(): Promise<void> {
    if (this.#commits) {
      await this.#send(`COMMIT; ${BEGIN}`)
    } else {
      const before = this.#kept ? `RELEASE SAVEPOINT ${KEPT}; ` : ''
      await this.#send(`${before}SAVEPOINT ${KEPT}`)
      this.#kept = true
      this.#ignored()
    }
    this.#marked = false
  }

  async #rollBack(): Promise<void> {
    await this.#send(this.#kept ? `ROLLBACK TO SAVEPOINT ${KEPT}` : `ROLLBACK; ${BEGIN}`)
    this.#marked = false
  }

  async #mark(): Promise<void> {
    const before = this.#marked ? `RELEASE SAVEPOINT ${STATEMENT}; ` : ''
    await this.#send(`${before}SAVEPOINT ${STATEMENT}`)
    this.#marked = true
  }

  /** A statement that has committed is undone as far as it has not. */
  async #undo(): Promise<void> {
    if (this.#marked) await this.#send(`ROLLBACK TO SAVEPOINT ${STATEMENT}`)
    else await this.#rollBack()
  }

  async #send(text: string): Promise<void> {
    await this.#session.execute(raw(text))
  }
}
