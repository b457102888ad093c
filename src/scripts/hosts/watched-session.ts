import type { Result, Row, Session, Sql, TextResult, TransactionOptions } from '../../db/index.js'
import { refuseTransactionControl } from './transaction-control.js'

/** Who hears what a script does to the database. */
export interface SessionWatch {
  /** Every statement before it runs. */
  readonly onStatement: (text: string) => void
  /** How many rows a statement returned or changed. */
  readonly onRows: (count: number) => void
}

/** A step's session as its scripts see it: watched, and unable to end the step's transaction. */
export class WatchedSession implements Session {
  readonly database: string
  readonly serverVersion: number
  readonly #session: Session
  readonly #watch: SessionWatch

  constructor(session: Session, watch: SessionWatch) {
    this.#session = session
    this.#watch = watch
    this.database = session.database
    this.serverVersion = session.serverVersion
  }

  async query<R extends Row = Row>(statement: Sql): Promise<Result<R>> {
    this.#look(statement.text)
    const result = await this.#session.query<R>(statement)
    this.#watch.onRows(result.count)
    return result
  }

  async send(text: string): Promise<TextResult> {
    this.#look(text)
    const result = await this.#session.send(text)
    if (result.count > 0) this.#watch.onRows(result.count)
    return result
  }

  async execute(script: Sql): Promise<void> {
    this.#look(script.text)
    await this.#session.execute(script)
  }

  stream<R extends Row = Row>(statement: Sql, batchSize: number): AsyncIterable<readonly R[]> {
    this.#look(statement.text)
    return this.#session.stream<R>(statement, batchSize)
  }

  async copyIn(statement: Sql, data: AsyncIterable<Uint8Array>): Promise<number> {
    this.#look(statement.text)
    const count = await this.#session.copyIn(statement, data)
    this.#watch.onRows(count)
    return count
  }

  copyOut(statement: Sql): AsyncIterable<Uint8Array> {
    this.#look(statement.text)
    return this.#session.copyOut(statement)
  }

  /** A script is inside of a transaction already. */
  transaction<T>(body: () => Promise<T>, _options?: TransactionOptions): Promise<T> {
    return this.#session.savepoint(body)
  }

  stop(): Promise<void> {
    return this.#session.stop()
  }

  savepoint<T>(body: () => Promise<T>): Promise<T> {
    return this.#session.savepoint(body)
  }

  #look(text: string): void {
    refuseTransactionControl(text)
    this.#watch.onStatement(text)
  }
}
