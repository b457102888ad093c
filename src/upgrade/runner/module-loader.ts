import type { Finding } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import type { ListStep, LoadStep } from '../planning/index.js'

/** What a loader works on: the step's transaction and the release's source. */
export interface LoadScope {
  readonly session: Session
  readonly tree: AddonsTree
  /** Series of the target release. */
  readonly to: string
  readonly addFinding: (finding: Finding) => void
}

/** The part of an upgrade that brings a module's schema, reflection and data to the release. */
export interface ModuleLoader {
  /** Writes the module list of the release, once the base module is done. */
  list(step: ListStep, scope: LoadScope): Promise<void>
  load(step: LoadStep, scope: LoadScope): Promise<void>
}
