import { UsageError } from '../../../base/index.js'
import type { Release } from '../../../odoo/release/index.js'

/** The series of the hops from one release to another, one major release after the other. */
export function releasePath(from: Release, to: Release): readonly string[] {
  if (to.major < from.major || (to.major === from.major && to.minor < from.minor)) {
    throw new UsageError(
      'DOWNGRADE_REFUSED',
      `The database is of Odoo ${from.series}; ${to.series} is older`,
      { hint: 'Odoo databases go to newer releases only. Was the backup upgraded already?' },
    )
  }
  if (from.major === to.major) return [to.series]
  const between = Array.from(
    { length: to.major - from.major - 1 },
    (_, at) => `${from.major + at + 1}.0`,
  )
  return [...between, to.series]
}
