import type { ExpressionFolder } from '../../../odoo/models/index.js'
import type { FileStore } from '../../../scripts/orm/index.js'
import type { PictureFitter } from '../effects/pictures.js'
import type { LoaderHop } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import type { NewIds } from './new-ids.js'
import type { BatchQueue } from './planning/batch-queue.js'
import type { SourceFiles } from './source-files.js'
import type { XmlIdStore } from './xml-id-store.js'

/** What the loading of one module's data files works with. */
export interface RecordsTurn {
  readonly module: string
  /** `init` while a module is installed, `update` otherwise. */
  readonly mode: 'init' | 'update'
  /** Records that do not exist are passed over. */
  readonly onlyExisting: boolean
  readonly hop: LoaderHop
  readonly scope: LoaderScope
  readonly folder: ExpressionFolder
  /** The clock of the run, in milliseconds since 1970. */
  readonly now: number | undefined
  readonly xmlIds: XmlIdStore
  readonly ids: NewIds
  readonly queue: BatchQueue
  readonly files: SourceFiles
  readonly store: FileStore | undefined
  /** Makes pictures of the sizes that the release keeps. */
  readonly fitter: PictureFitter | undefined
  /** Link fields of records that delegate: `model id` → parent's id, by link. */
  readonly delegates: Map<string, ReadonlyMap<string, number>>
  /** Ids by xml id as the files write them. */
  readonly seen: Map<string, number>
  /** Architectures of views that are there, as the files have them. */
  readonly rawArchs: Map<number, string>
  /** Content of attachments that are pending. */
  readonly attachmentContents: Map<number, Uint8Array>
  /** Passwords of users that are pending, as given. */
  readonly passwords: Map<number, string>
  /** Menus whose name is that of their action. */
  readonly menusNamedByAction: Set<number>
}
