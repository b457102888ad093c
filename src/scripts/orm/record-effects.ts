import type { Sql } from '../../db/index.js'
import type { ModelSchema } from './model-schema.js'
import type { OrmScope, RecordChange } from './orm-scope.js'
import type { AttachmentWrite } from './records/attachment-rows.js'

/**
 * What creating, writing and deleting records means beyond their own values, as only the release's source tells:
 * the ORM asks at each moment. Fields and columns that the database does not have yet are the effects' affair.
 */
export interface RecordEffects {
  /** Defaults of fields that SQL can express, by field. */
  defaults(scope: OrmScope, schema: ModelSchema): Promise<ReadonlyMap<string, Sql>>
  /** Contents of binary fields as they are kept, with those that are made of them: sizes of a picture. */
  contents(scope: OrmScope, writes: readonly AttachmentWrite[]): Promise<readonly AttachmentWrite[]>
  /** Behind records that were made: messages, computed columns. */
  created(scope: OrmScope, change: RecordChange): Promise<void>
  /** Behind records that were written: computed columns. */
  written(scope: OrmScope, change: RecordChange): Promise<void>
  /** Before records are deleted; fails with a {@link GuestError} `user` where the release lets none go. */
  beforeUnlink(scope: OrmScope, model: string, ids: readonly number[]): Promise<void>
}
