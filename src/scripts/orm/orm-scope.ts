import type { Findings } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { Release } from '../../odoo/release/index.js'
import type { ModelCatalog } from './model-catalog.js'
import type { OrmContext } from './orm-context.js'

/** Files of attachments, by their `store_fname`. */
export interface AttachmentFiles {
  read(storeName: string): Promise<Uint8Array>
}

/** A change that the ORM made; what depends on it by computation is the listener's affair. */
export interface RecordChange {
  readonly kind: 'create' | 'write' | 'unlink'
  readonly model: string
  readonly ids: readonly number[]
  /** Fields that got values; empty for `unlink`. */
  readonly fields: readonly string[]
}

/** What every operation on records works with. */
export interface OrmScope {
  readonly session: Session
  readonly catalog: ModelCatalog
  readonly release: Release
  readonly context: OrmContext
  readonly files: AttachmentFiles | undefined
  readonly findings: Findings | undefined
  readonly changed: ((change: RecordChange) => void) | undefined
}
