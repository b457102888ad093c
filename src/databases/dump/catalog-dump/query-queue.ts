import type { Row, Session, Sql } from '../../../db/index.js'

interface Waiting {
  readonly start: () => Promise<void>
  readonly refuse: (reason: unknown) => void
}

/**
 * Queries of several tasks on one session, one after the other. The next one is sent before the rows of
 * the last are handed to their task, so that the server works while the task does. After a failure, which
 * breaks the transaction, the rest fails with the same error and is not sent.
 */
export class QueryQueue {
  readonly #session: Pick<Session, 'query'>
  readonly #waiting: Waiting[] = []
  #busy = false
  #failure: { readonly reason: unknown } | undefined

  constructor(session: Pick<Session, 'query'>) {
    this.#session = session
  }

  query<R extends Row>(statement: Sql): Promise<readonly R[]> {
    return new Promise((resolve, reject) => {
      const start = async (): Promise<void> => {
        try {
          const { rows } = await this.#session.query<R>(statement)
          this.#next()
          resolve(rows)
        } catch (reason) {
          this.#failure ??= { reason }
          reject(reason)
          this.#next()
        }
      }
      this.#waiting.push({ start, refuse: reject })
      if (!this.#busy) this.#next()
    })
  }

  #next(): void {
    const next = this.#waiting.shift()
    this.#busy = next !== undefined
    if (next === undefined) return
    if (this.#failure === undefined) {
      void next.start()
    } else {
      next.refuse(this.#failure.reason)
      this.#next()
    }
  }
}

/** The results of tasks that share a queue; an error is thrown when all have ended, so none goes on. */
export async function together<T extends readonly unknown[]>(
  tasks: {
    readonly [K in keyof T]: T[K] | Promise<T[K]>
  },
): Promise<T> {
  const results = await Promise.allSettled(tasks)
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  }) as unknown as T
}
