/** Statements and the time that they took. */
export interface Measured {
  readonly statements: number
  readonly sqlMilliseconds: number
}

/** Counts statements. */
export class StatementMeter {
  #statements = 0
  #milliseconds = 0

  async measure<T>(body: () => Promise<T>): Promise<T> {
    const started = performance.now()
    this.#statements += 1
    try {
      return await body()
    } finally {
      this.#milliseconds += performance.now() - started
    }
  }

  /** Counts a statement that somebody else waits for. */
  count(): void {
    this.#statements += 1
  }

  get total(): Measured {
    return { statements: this.#statements, sqlMilliseconds: this.#milliseconds }
  }

  since(before: Measured): Measured {
    return {
      statements: this.#statements - before.statements,
      sqlMilliseconds: this.#milliseconds - before.sqlMilliseconds,
    }
  }
}
