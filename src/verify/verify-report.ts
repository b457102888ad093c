import { CHECK_KINDS, type CheckKind, type CheckResult } from './check.js'
import type { SaleRecords } from './check-sale.js'
import type { ServerFault } from './server-fault.js'

export interface CheckCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A check that failed. */
export interface FailedCheck {
  readonly kind: CheckKind
  readonly what: string
  readonly menu?: string
  readonly model?: string
  readonly fault: ServerFault
}

/** What driving a server came to. */
export interface VerifyReport {
  readonly url: string
  readonly database: string
  readonly release: string
  readonly user: string
  /** Menus with an action of their own. */
  readonly menus: number
  readonly counts: CheckCounts
  readonly byKind: Readonly<Partial<Record<CheckKind, CheckCounts>>>
  readonly failures: readonly FailedCheck[]
  /** What was not checked, and why; each reason with how often. */
  readonly skipped: Readonly<Record<string, number>>
  /** Records that were made; absent when nothing was written. */
  readonly written?: SaleRecords
  readonly milliseconds: number
}

/** Counts results, by kind and altogether. */
export function countChecks(
  results: readonly CheckResult[],
): Pick<VerifyReport, 'counts' | 'byKind' | 'failures' | 'skipped'> {
  const byKind = CHECK_KINDS.flatMap((kind) => {
    const own = results.filter((result) => result.kind === kind)
    return own.length === 0 ? [] : [[kind, countsOf(own)] as const]
  })
  const skipped = new Map<string, number>()
  for (const { outcome } of results) {
    if (outcome.kind !== 'skipped') continue
    skipped.set(outcome.reason, (skipped.get(outcome.reason) ?? 0) + 1)
  }
  return {
    counts: countsOf(results),
    byKind: Object.fromEntries(byKind),
    failures: results.flatMap(({ outcome, milliseconds: _, ...subject }) =>
      outcome.kind === 'failed' ? [{ ...subject, fault: outcome.fault }] : [],
    ),
    skipped: Object.fromEntries(skipped),
  }
}

function countsOf(results: readonly CheckResult[]): CheckCounts {
  const count = (kind: CheckResult['outcome']['kind']): number =>
    results.filter(({ outcome }) => outcome.kind === kind).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
}
