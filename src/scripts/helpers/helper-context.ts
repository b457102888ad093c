import type { Findings } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { Release } from '../../odoo/release/index.js'
import type { GuestValue } from '../values/index.js'
import type { LoadData } from './data/load-data.js'

export type HelperLogLevel = 'debug' | 'info' | 'warning' | 'error'

/** What helpers need of the ORM; `Orm` of scripts/orm is one. */
export interface HelperOrm {
  /** Ids that a domain selects; rejects when the domain, a field or the model is wrong. */
  search(
    model: string,
    domain: GuestValue,
    options: { readonly limit?: number; readonly order?: string; readonly activeTest?: boolean },
  ): Promise<readonly number[]>
  /** Deletes records with everything that Odoo deletes along with them. */
  unlink(model: string, ids: readonly number[]): Promise<unknown>
}

/** Where the files of modules and of upgrade paths lie. */
export interface ModuleFiles {
  /** The absolute path of a module's file, such as `16.0.1.0/noupdate_changes.xml`; undefined when there is none. */
  find(module: string, file: string): Promise<string | undefined>
}

/** Where contents of attachments go; without it they go into the database. */
export interface AttachmentFiles {
  /** Keeps a content under the name that `ir_attachment.store_fname` has, such as `a9/a9993e36…`. */
  write(storeName: string, content: Uint8Array): Promise<void>
}

/** Everything that a helper works with. The session is inside the step's transaction. */
export interface HelperContext {
  readonly session: Session
  /** The release that the database is being brought to by this hop. */
  readonly release: Release
  /** The release that the whole path ends at, where it is known and not this hop's. */
  readonly pathTarget?: Release
  readonly orm: HelperOrm
  /**
   * Whether Odoo would have the model's class at this moment: in a pre script only models of the modules
   * loaded before. Without it every model counts as loaded.
   */
  readonly isLoaded?: (model: string) => Promise<boolean>
  /** The table that a model's class names; without it, or where it knows none, Odoo's usual names count. */
  readonly tableOf?: (model: string) => Promise<string | undefined>
  readonly log: (level: HelperLogLevel, text: string) => void
  readonly findings: Findings
  readonly loadData: LoadData
  readonly files?: ModuleFiles
  readonly attachments?: AttachmentFiles
  /** Called after a helper changed tables or reflection, so that caches of the schema are dropped. */
  readonly schemaChanged?: () => void
}
