import { OutsideError, type Step } from '../base/index.js'
import { type CheckOutcome, type CheckResult, type CheckSubject, Skipped } from './check.js'
import type { OdooClient } from './odoo-client.js'
import { type ServerFault, ServerFaultError } from './server-fault.js'

/** Runs checks one after the other and remembers what came of them. */
export class CheckList {
  readonly #client: OdooClient
  readonly #results: CheckResult[] = []
  #step: Step | undefined
  #by = 0

  constructor(client: OdooClient) {
    this.#client = client
  }

  get results(): readonly CheckResult[] {
    return this.#results
  }

  /** Shows each check as an item of this step, which it advances by so much. */
  follow(step: Step, by: 0 | 1): void {
    this.#step = step
    this.#by = by
  }

  /**
   * Runs `body`, which may answer {@link Skipped}; a fault of the server makes the check fail, and the answer is undefined. A request that
   * the server dropped is a failure as long as it answers the next one.
   */
  async run<T>(subject: CheckSubject, body: () => Promise<T>): Promise<T | undefined> {
    this.#step?.advance(this.#by, subject.menu ?? subject.what)
    const started = performance.now()
    const record = (outcome: CheckOutcome): void => {
      this.#results.push({ ...subject, outcome, milliseconds: performance.now() - started })
    }
    try {
      const value = await body()
      record(
        value instanceof Skipped ? { kind: 'skipped', reason: value.reason } : { kind: 'passed' },
      )
      return value
    } catch (error) {
      record({ kind: 'failed', fault: await this.#faultOf(error) })
      return undefined
    }
  }

  /** Counts what an answer has shown to work. */
  passed(subject: CheckSubject): void {
    this.#results.push({ ...subject, outcome: { kind: 'passed' }, milliseconds: 0 })
  }

  failed(subject: CheckSubject, fault: ServerFault): void {
    this.#results.push({ ...subject, outcome: { kind: 'failed', fault }, milliseconds: 0 })
  }

  skipped(subject: CheckSubject, reason: string): void {
    this.#results.push({ ...subject, outcome: { kind: 'skipped', reason }, milliseconds: 0 })
  }

  async #faultOf(error: unknown): Promise<ServerFault> {
    if (error instanceof ServerFaultError) return error.fault
    if (!(error instanceof OutsideError)) throw error
    await this.#client.rpc('/web/webclient/version_info')
    return { type: 'connection', text: error.message, lastLine: '' }
  }
}
