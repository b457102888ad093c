import type { Findings } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { Release } from '../../odoo/release/index.js'
import type { ModelCatalog } from './model-catalog.js'
import type { OrmContext } from './orm-context.js'
import type { RecordEffects } from './record-effects.js'

/** Files of attachments, by their `store_fname`. */
export interface AttachmentFiles {
  read(storeName: string): Promise<Uint8Array>
  /** Keeps a new content; without it contents of new attachments go into the database. */
  write?(storeName: string, content: Uint8Array): Promise<void>
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
  readonly effects: RecordEffects | undefined
  readonly changed: ((change: RecordChange) => void) | undefined
}
