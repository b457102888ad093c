import type { RegistryModel } from '../../../../odoo/registry/index.js'
import type { PendingRecord } from '../pending-record.js'
import type { RecordsTurn } from '../records-turn.js'
import { reportHandler } from './account-reports.js'
import { ACTION_HANDLERS } from './actions.js'
import { attachmentHandler } from './attachments.js'
import { countryHandler } from './countries.js'
import { cronHandler } from './crons.js'
import { GROUP_HANDLERS } from './groups.js'
import { HIERARCHY_HANDLERS } from './hierarchies.js'
import { languageHandler } from './languages.js'
import { menuHandler } from './menus.js'
import { passwordHandler } from './passwords.js'
import { relatedHandler } from './related-columns.js'
import { sequenceHandler } from './sequences.js'
import { STORED_VALUE_HANDLERS } from './stored-values.js'
import { viewHandler } from './views.js'

/** What writing records of a model means beyond its columns (data specification §2.3). */
export interface ModelHandler {
  /** Whose records; by name or by what the model is. */
  readonly models: string | ((model: RegistryModel) => boolean)
  /** Fields whose default it gives, though only the release's code could tell. */
  readonly defaults?: readonly string[]
  /** Changes the values before anything is written. */
  prepare?(record: PendingRecord, turn: RecordsTurn): void
  /** Before records that are there get their values. */
  beforeUpdate?(records: readonly PendingRecord[], turn: RecordsTurn): Promise<void>
  /** Once all records of the barrier are written. */
  after?(records: readonly PendingRecord[], turn: RecordsTurn): Promise<void>
}

const HANDLERS: readonly ModelHandler[] = [
  viewHandler,
  menuHandler,
  ...ACTION_HANDLERS,
  cronHandler,
  attachmentHandler,
  sequenceHandler,
  languageHandler,
  countryHandler,
  reportHandler,
  ...GROUP_HANDLERS,
  passwordHandler,
  ...HIERARCHY_HANDLERS,
  relatedHandler,
  ...STORED_VALUE_HANDLERS,
]

/** The handlers of a model, in the order in which they work. */
export function handlersOf(model: RegistryModel): readonly ModelHandler[] {
  return HANDLERS.filter(({ models }) =>
    typeof models === 'string' ? models === model.name : models(model),
  )
}
