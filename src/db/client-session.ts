import type { EventEmitter } from 'node:events'
import pg from 'pg'
import { CancelledError, codeOf, InternalError } from '../base/index.js'
import { abortable } from './abortable.js'
import { readCopy } from './copy-out.js'
import { connectionError, DatabaseError } from './database-error.js'
import type { Result, Row, Session, TextResult, TransactionOptions } from './session.js'
import { id, raw, type Sql, sql } from './sql.js'
import { transactionEnded, transactionFailed } from './transaction-refusals.js'

/** Feeds `COPY … FROM STDIN` and returns the number of rows; here the engines' connections differ. */
export type CopyIn = (
  client: pg.Client,
  statement: string,
  data: AsyncIterable<Uint8Array>,
) => Promise<number>

export interface ClientSessionOptions {
  readonly client: pg.Client
  readonly copyIn: CopyIn
  readonly database: string
  readonly address: string
  readonly serverVersion: number
  readonly signal: AbortSignal | undefined
  /** Stops the running statement, where the engine can. */
  readonly cancel?: () => Promise<void>
  /** Stops the running statement, by whatever means the engine has. */
  readonly stop: () => Promise<void>
  /** The session's owner has begun a transaction around all of it, which no statement may end. */
  readonly insideTransaction?: boolean
}

/** A {@link Session} over a connected `pg` client, whatever that client's connection is made of. */
export class ClientSession implements Session {
  readonly database: string
  readonly serverVersion: number
  readonly #client: pg.Client
  readonly #copyIn: CopyIn
  readonly #address: string
  readonly #signal: AbortSignal | undefined
  readonly #cancel: (() => Promise<void>) | undefined
  readonly #stop: () => Promise<void>
  readonly #enclosed: boolean
  #ended = false
  #inTransaction = false
  #names = 0

  constructor(options: ClientSessionOptions) {
    this.#client = options.client
    this.#copyIn = options.copyIn
    this.database = options.database
    this.#address = options.address
    this.serverVersion = options.serverVersion
    this.#signal = options.signal
    this.#cancel = options.cancel
    this.#stop = options.stop
    this.#enclosed = options.insideTransaction ?? false
  }

  async query<R extends Row = Row>(statement: Sql): Promise<Result<R>> {
    // The extended protocol takes one statement: text that smuggles in a second one is refused.
    const request = {
      text: statement.text,
      values: [...statement.values],
      queryMode: 'extended',
    }
    const { rows, rowCount } = await this.#guard(statement.text, () =>
      this.#client.query<R>(request),
    )
    return { rows, count: rowCount ?? 0 }
  }

  async execute(script: Sql): Promise<void> {
    if (script.values.length > 0) throw new InternalError('SCRIPT_WITH_VALUES', script.text)
    await this.#guard(script.text, () => this.#client.query(script.text))
  }

  async send(text: string): Promise<TextResult> {
    const request = { text, types: cellsAsText, rowMode: 'array' as const }
    const completed = new LastTag(this.#client)
    try {
      const answer: unknown = await this.#guard(text, () => this.#client.query(request))
      const last = Array.isArray(answer) ? answer.at(-1) : answer
      return textResult(last as pg.QueryArrayResult, completed.tag)
    } finally {
      completed.forget()
    }
  }

  async *stream<R extends Row = Row>(
    statement: Sql,
    batchSize: number,
  ): AsyncIterable<readonly R[]> {
    const cursor = id(this.#freshName())
    await this.query(sql`DECLARE ${cursor} NO SCROLL CURSOR FOR ${statement}`)
    let open = true
    try {
      while (true) {
        const { rows } = await this.query<R>(sql`FETCH ${raw(String(batchSize))} FROM ${cursor}`)
        if (rows.length > 0) yield rows
        if (rows.length < batchSize) break
      }
    } catch (error) {
      // The transaction is broken; closing the cursor would only hide the reason.
      open = false
      throw error
    } finally {
      if (open) await this.query(sql`CLOSE ${cursor}`)
    }
  }

  copyIn(statement: Sql, data: AsyncIterable<Uint8Array>): Promise<number> {
    const signal = this.#signal
    const source = signal === undefined ? data : abortable(data, signal, 'The statement')
    return this.#guard(statement.text, () => this.#copyIn(this.#client, statement.text, source))
  }

  async *copyOut(statement: Sql): AsyncIterable<Uint8Array> {
    this.#check()
    // Stopping early cancels the statement, which must not break the transaction around it.
    const enclosed = this.#cancel !== undefined && this.#client.getTransactionStatus() === 'T'
    const name = id(this.#freshName())
    if (enclosed) await this.execute(sql`SAVEPOINT ${name}`)
    let state: 'reading' | 'done' | 'failed' = 'reading'
    try {
      for await (const chunk of readCopy(this.#client, statement.text, this.#cancel)) {
        if (this.#signal?.aborted) throw new CancelledError('The statement')
        yield chunk
      }
      state = 'done'
    } catch (error) {
      state = 'failed'
      throw this.#translate(statement.text, error)
    } finally {
      if (enclosed && state === 'reading') await this.#quietly(`ROLLBACK TO SAVEPOINT ${name.text}`)
      if (enclosed && state !== 'failed') await this.#quietly(`RELEASE SAVEPOINT ${name.text}`)
    }
  }

  async transaction<T>(body: () => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    if (this.#enclosed) return this.savepoint(body)
    if (this.#inTransaction) {
      throw new InternalError('NESTED_TRANSACTION', 'A transaction was begun inside another one')
    }
    const mode = [
      options.isolation && `ISOLATION LEVEL ${options.isolation.toUpperCase()}`,
      options.readOnly && 'READ ONLY',
    ].filter(Boolean)
    await this.execute(raw(`BEGIN ${mode.join(' ')}`))
    this.#inTransaction = true
    try {
      const result = await body()
      await this.#commit()
      return result
    } catch (error) {
      await this.#quietly('ROLLBACK')
      throw error
    } finally {
      this.#inTransaction = false
    }
  }

  stop(): Promise<void> {
    return this.#stop()
  }

  async savepoint<T>(body: () => Promise<T>): Promise<T> {
    const name = id(this.#freshName())
    await this.execute(sql`SAVEPOINT ${name}`)
    try {
      const result = await body()
      await this.execute(sql`RELEASE SAVEPOINT ${name}`)
      return result
    } catch (error) {
      await this.#quietly(`ROLLBACK TO SAVEPOINT ${name.text}; RELEASE SAVEPOINT ${name.text}`)
      throw error
    }
  }

  async #commit(): Promise<void> {
    if (this.#client.getTransactionStatus() === 'I') throw transactionEnded()
    const { command } = await this.#guard('COMMIT', () => this.#client.query('COMMIT'))
    // PostgreSQL answers so, without an error, when a statement had failed.
    if (command === 'ROLLBACK') throw transactionFailed()
  }

  #freshName(): string {
    this.#names += 1
    return `moult_${this.#names}`
  }

  /** Cleans up after a failure; the failure itself is what the caller has to see. */
  async #quietly(statement: string): Promise<void> {
    try {
      await this.#client.query(statement)
    } catch {
      // A lost connection has rolled back already.
    }
  }

  #check(): void {
    if (this.#signal?.aborted) throw new CancelledError('The statement')
    if (this.#ended) throw transactionEnded()
  }

  async #guard<T>(statement: string, body: () => Promise<T>): Promise<T> {
    this.#check()
    let result: T
    try {
      result = await body()
    } catch (error) {
      throw this.#translate(statement, error)
    }
    if (this.#enclosed && this.#client.getTransactionStatus() === 'I') {
      this.#ended = true
      throw transactionEnded()
    }
    return result
  }

  #translate(statement: string, error: unknown): unknown {
    if (this.#signal?.aborted) return new CancelledError('The statement')
    if (error instanceof pg.DatabaseError) {
      const state = codeOf(error) ?? ''
      // 57P01-57P03: the server is going down or somebody terminated the session.
      return state.startsWith('57P') && state !== '57P04'
        ? connectionError(this.#address, error, true)
        : new DatabaseError(statement, error)
    }
    return isConnectionFailure(error) ? connectionError(this.#address, error, true) : error
  }
}

const cellsAsText = { getTypeParser: () => (cell: string) => cell }

/** The protocol layer of a client, whose messages `pg` does not pass on itself. */
function connectionOf(client: pg.Client): EventEmitter {
  return (client as unknown as { connection: EventEmitter }).connection
}

/** Hears the command tags of a client, of which `pg`'s results keep the first word only. */
class LastTag {
  tag = ''
  readonly #connection: EventEmitter
  readonly #listener = (message: { readonly text: string }): void => {
    this.tag = message.text
  }

  constructor(client: pg.Client) {
    this.#connection = connectionOf(client)
    this.#connection.on('commandComplete', this.#listener)
  }

  forget(): void {
    this.#connection.off('commandComplete', this.#listener)
  }
}

function textResult({ fields, rows }: pg.QueryArrayResult, tag: string): TextResult {
  const number = / (\d+)$/.exec(tag)?.[1]
  const withoutNumber = fields.length > 0 ? rows.length : -1
  return {
    columns: fields.map(({ name, dataTypeID }) => [name, dataTypeID]),
    rows: rows as readonly (readonly (string | null)[])[],
    count: number === undefined ? withoutNumber : Number(number),
    tag,
  }
}

function isConnectionFailure(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  if (['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNREFUSED'].includes(code)) return true
  return error instanceof Error && /Connection terminated|not queryable/.test(error.message)
}
