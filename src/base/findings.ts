import type { Place } from './errors.js'

/** `error` needs a person before the result can be used, `warning` should be looked at. */
export type Severity = 'info' | 'warning' | 'error'

/** Something the user must know: a stable code, a place and advice. */
export interface Finding {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly place?: Place
  readonly hint?: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** Collects findings in the order they were made; `tell` hears each at once. */
export class Findings {
  readonly #all: Finding[] = []
  readonly #tell: ((finding: Finding) => void) | undefined

  constructor(tell?: (finding: Finding) => void) {
    this.#tell = tell
  }

  add(finding: Finding): void {
    this.#all.push(finding)
    this.#tell?.(finding)
  }

  /** All findings so far, oldest first. */
  list(): readonly Finding[] {
    return [...this.#all]
  }
}

/** Whether a person has to look before the work counts as done (exit code 1). */
export function needPerson(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity !== 'info')
}
