import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Finding, messageOf } from '../../../base/index.js'
import { DatabaseError, firstRow, sql } from '../../../db/index.js'
import {
  type DataFile,
  type DataKind,
  locateDataFiles,
  readDataFile,
} from '../../../odoo/data/index.js'
import { ExpressionFolder } from '../../../odoo/models/index.js'
import type { FileStore } from '../../../scripts/orm/index.js'
import type { PythonBodyReader } from '../../../text/index.js'
import type { PictureFitter } from '../effects/pictures.js'
import type { ImportedFile, LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderFact, LoaderScope } from '../loader-scope.js'
import { type GivenFile, loadDataFiles } from './load-data-files.js'
import { NewIds } from './new-ids.js'
import { noteXmlIds } from './note-xml-ids.js'
import { BatchQueue } from './planning/batch-queue.js'
import { demoRefused } from './record-findings.js'
import type { RecordsTurn } from './records-turn.js'
import { SourceFiles } from './source-files.js'
import { XmlIdStore } from './xml-id-store.js'

/** What records are loaded with. */
export interface RecordsOptions {
  readonly reader: PythonBodyReader
  /** Where contents of attachments go; without it they are kept in the database. */
  readonly store?: FileStore
  /** Makes pictures of the sizes that the release keeps; without it they stay as they are. */
  readonly fitter?: PictureFitter
}

/** Records of data files: created, updated, or left as they are, by the rules of the release. */
export class RecordsPart implements LoaderPart {
  readonly name = 'records'
  readonly #folder: ExpressionFolder
  readonly #store: FileStore | undefined
  readonly #fitter: PictureFitter | undefined
  /** Modules that an earlier process loaded: what their files name is noted before the end. */
  readonly #replayed: string[] = []
  #now: number | undefined

  constructor({ reader, store, fitter }: RecordsOptions) {
    this.#folder = new ExpressionFolder(reader)
    this.#store = store
    this.#fitter = fitter
  }

  /** One clock for all expressions of the hop: that of its first transaction. */
  async begin(_: LoaderHop, scope: LoaderScope): Promise<void> {
    const row = await firstRow<{ now: string }>(
      scope.session,
      sql`SELECT floor(extract(epoch FROM now()))::bigint::text AS now`,
    )
    this.#now = Number(row?.now) * 1000
    scope.keep({ part: this.name, value: this.#now })
  }

  recall(facts: readonly LoaderFact[]): void {
    const now = facts.at(-1)?.value
    if (typeof now === 'number') this.#now = now
  }

  replay({ module }: LoadedModule): void {
    this.#replayed.push(module)
  }

  async load(loaded: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    await this.#loadKind('data', loaded, hop, scope)
    if (loaded.demo !== true) return
    try {
      await scope.session.savepoint(() => this.#loadKind('demo', loaded, hop, scope))
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      scope.addFinding(demoRefused(loaded.module, error))
    }
  }

  async #loadKind(
    kind: DataKind,
    { module, isNew }: LoadedModule,
    hop: LoaderHop,
    scope: LoaderScope,
  ): Promise<void> {
    const files = await readFiles(module, hop, kind)
    for (const { finding } of files) if (finding !== undefined) scope.addFinding(finding)
    const given = files.flatMap(({ given: file }) => (file === undefined ? [] : [file]))
    if (given.length === 0) return
    await loadDataFiles(given, this.#turn(module, isNew ? 'init' : 'update', hop, scope))
  }

  async importFile(given: ImportedFile, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    const { module, path, mode, onlyExisting } = given
    const file = await readOne(path, given.file, hop.source.release.major)
    const turn = { ...this.#turn(module, mode, hop, scope), onlyExisting }
    // What a script names in CSV is guarded from then on.
    await loadDataFiles([{ file, noupdate: file.kind === 'csv' }], turn)
  }

  #turn(
    module: string,
    mode: RecordsTurn['mode'],
    hop: LoaderHop,
    scope: LoaderScope,
  ): RecordsTurn {
    return {
      ...{ module, mode, hop, scope },
      onlyExisting: false,
      folder: this.#folder,
      now: this.#now,
      xmlIds: new XmlIdStore(),
      ids: new NewIds(),
      queue: new BatchQueue(),
      files: new SourceFiles(hop.source.tree),
      store: this.#store,
      fitter: this.#fitter,
      delegates: new Map(),
      seen: new Map(),
      rawArchs: new Map(),
      attachmentContents: new Map(),
      passwords: new Map(),
      menusNamedByAction: new Set(),
    }
  }

  async finish(hop: LoaderHop): Promise<void> {
    for (const module of this.#replayed.splice(0)) {
      for (const { given } of await readFiles(module, hop)) {
        if (given !== undefined) noteXmlIds(given.file, module, hop)
      }
    }
  }
}

interface ReadFile {
  readonly given?: GivenFile
  readonly finding?: Finding
}

async function readFiles(
  module: string,
  { source }: LoaderHop,
  kind: DataKind = 'data',
): Promise<readonly ReadFile[]> {
  const manifest = source.tree.modules.get(module)?.manifest
  if (manifest === undefined) return []
  const located = await locateDataFiles(source.tree, manifest, kind)
  const read: ReadFile[] = []
  for (const { path, file, noupdate, finding } of located) {
    if (finding !== undefined) read.push({ finding })
    if (file === undefined || extname(path).toLowerCase() === '.js') continue
    const parsed = await readOne(path, file, source.release.major)
    read.push({ given: { file: parsed, noupdate } })
  }
  return read
}

async function readOne(path: string, file: string, major: number): Promise<DataFile> {
  try {
    return readDataFile({ path, file, content: await readFile(file), major })
  } catch (error) {
    const finding = {
      code: 'DATA_FILE_UNREADABLE',
      severity: 'error',
      message: `${path} cannot be read: ${messageOf(error)}`,
      place: { file },
      hint: 'Check the rights of the file.',
    } as const
    return { kind: 'unread', path, file, findings: [finding] }
  }
}
