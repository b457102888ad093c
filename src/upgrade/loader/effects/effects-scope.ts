import type { Finding } from '../../../base/index.js'
import type { Session } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { Release } from '../../../odoo/release/index.js'

/** What side effects work with: the models as they are at that moment, and who writes. */
export interface EffectsScope {
  readonly session: Session
  readonly models: ReadonlyMap<string, RegistryModel>
  readonly release: Release
  readonly uid: number
  readonly addFinding: (finding: Finding) => void
}
