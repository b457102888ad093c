import type { Finding } from '../../../base/index.js'
import type { ChildView } from './depending-views.js'

/** How many names a finding tells. */
const SAMPLE = 50

export function recordsRemoved(model: string, xmlIds: readonly string[]): Finding {
  return {
    code: 'RECORDS_REMOVED',
    severity: 'info',
    message: `${xmlIds.length} records of ${model} are no longer part of the modules and were deleted`,
    hint: 'Guard what you want to keep before the upgrade: set noupdate on its external identifier.',
    data: { model, count: xmlIds.length, xmlIds: xmlIds.slice(0, SAMPLE) },
  }
}

export function recordsProtected(model: string, xmlIds: readonly string[]): Finding {
  return {
    code: 'DEMO_RECORDS_KEPT',
    severity: 'info',
    message: `${xmlIds.length} demonstration records of ${model} are kept, which Odoo would delete`,
    hint: 'They are guarded from now on (noupdate). Delete by hand what nobody uses.',
    data: { model, count: xmlIds.length, xmlIds: xmlIds.slice(0, SAMPLE) },
  }
}

export function recordsHeld(
  model: string,
  held: readonly { readonly xmlId: string; readonly reason: string }[],
): Finding {
  return {
    code: 'RECORDS_NOT_REMOVED',
    severity: 'warning',
    message: `${held.length} records of ${model} should go and are held by others`,
    hint: 'They stay with their external identifiers. Delete what refers to them, if nothing needs it.',
    data: { model, count: held.length, held: held.slice(0, SAMPLE) },
  }
}

export function viewsArchived(views: readonly ChildView[]): Finding {
  return {
    code: 'VIEWS_ARCHIVED',
    severity: 'warning',
    message: `${views.length} views extend views that are gone; they were archived, where Odoo deletes them`,
    hint: 'Adapt them to the new release and activate them again.',
    data: {
      count: views.length,
      views: views.slice(0, SAMPLE).map(({ id, name }) => ({ id, name })),
    },
  }
}
