import type { ServerFault } from './server-fault.js'

/** What a check is about; each is one thing that a user meets. */
export const CHECK_KINDS = [
  'page',
  'bundle',
  'menus',
  'action',
  'view',
  'list',
  'columns',
  'cells',
  'form',
  'lines',
  'new',
  'report',
  'sale',
] as const
export type CheckKind = (typeof CHECK_KINDS)[number]

export interface CheckSubject {
  readonly kind: CheckKind
  /** What was done, such as `list view of sale.order`. */
  readonly what: string
  /** Path of the menu that leads there. */
  readonly menu?: string
  readonly model?: string
}

export type CheckOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly fault: ServerFault }
  | { readonly kind: 'skipped'; readonly reason: string }

export interface CheckResult extends CheckSubject {
  readonly outcome: CheckOutcome
  readonly milliseconds: number
}

/** What a check answers that found nothing to check. */
export class Skipped {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

export function skipped(reason: string): Skipped {
  return new Skipped(reason)
}
