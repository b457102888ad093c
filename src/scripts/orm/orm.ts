import type { Findings } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { Release } from '../../odoo/release/index.js'
import type { GuestValue } from '../values/index.js'
import { type GroupOptions, type GroupPage, group } from './groups/group.js'
import { type ReadGroupQuery, readGroup } from './groups/read-group.js'
import type { ModelCatalog } from './model-catalog.js'
import { DEFAULT_CONTEXT, type OrmContext } from './orm-context.js'
import type { AttachmentFiles, OrmScope, RecordChange } from './orm-scope.js'
import type { RecordEffects } from './record-effects.js'
import { copy } from './records/copy.js'
import { create } from './records/create.js'
import { defaultsOf } from './records/defaults.js'
import { computeParentStore } from './records/parent-path.js'
import type { RecordValues } from './records/record-values.js'
import { forgetRelatedColumns } from './records/related-index.js'
import { unlink } from './records/unlink.js'
import { type CompanyFacts, companies, type UserFacts, userFacts } from './records/users.js'
import { type RowValues, writeRows } from './records/write.js'
import { externalIds, type RecordRefById, refs } from './records/xml-ids.js'
import { exists, type ReadPage, read, searchRead } from './select/read.js'
import { count, type SearchOptions, search } from './select/search.js'

/** What an ORM is made with. */
export interface OrmOptions {
  readonly release: Release
  readonly context?: Partial<OrmContext>
  /** For binary values whose attachments lie in the filestore. */
  readonly files?: AttachmentFiles
  readonly findings?: Findings
  /** What the release's source knows of side effects; without it only what all databases show is kept. */
  readonly effects?: RecordEffects
  /** Told after each change, for instance to compute what depends on it. */
  readonly changed?: (change: RecordChange) => void
}

/**
 * Records of an Odoo database, in sets: no operation's number of statements depends on the number of records.
 * It knows fields and relations, not the code of models: what only that can tell fails with a
 * {@link GuestError} `needs-odoo`.
 *
 * @example
 * const orm = new Orm(session, readDatabaseCatalog(session, release), { release })
 * const ids = await orm.search('res.partner', [['country_id.code', '=', 'BE']])
 * await orm.write('res.partner', ids, new Map([['lang', 'fr_BE']]))
 */
export class Orm {
  readonly #scope: OrmScope

  constructor(session: Session, catalog: ModelCatalog, options: OrmOptions) {
    this.#scope = {
      session,
      catalog,
      release: options.release,
      context: { ...DEFAULT_CONTEXT, ...options.context },
      files: options.files,
      findings: options.findings,
      effects: options.effects,
      changed: options.changed,
    }
  }

  get session(): Session {
    return this.#scope.session
  }

  get catalog(): ModelCatalog {
    return this.#scope.catalog
  }

  get context(): OrmContext {
    return this.#scope.context
  }

  /** The same records in another context; the catalog is shared. */
  withContext(context: Partial<OrmContext>): Orm {
    const { session, catalog, release, files, findings, effects, changed } = this.#scope
    return new Orm(session, catalog, {
      release,
      context: { ...this.#scope.context, ...context },
      ...(files !== undefined && { files }),
      ...(findings !== undefined && { findings }),
      ...(effects !== undefined && { effects }),
      ...(changed !== undefined && { changed }),
    })
  }

  /** Ids of the records that meet the domain, in order. */
  search(
    model: string,
    domain: GuestValue = [],
    options?: SearchOptions,
  ): Promise<readonly number[]> {
    return search(this.#scope, model, domain, options)
  }

  count(model: string, domain: GuestValue = [], limit?: number): Promise<number> {
    return count(this.#scope, model, domain, limit)
  }

  /** Values of records in the order of the ids; without names all that can be read but binary fields. */
  read(model: string, ids: readonly number[], fields?: readonly string[]): Promise<ReadPage> {
    return read(this.#scope, model, ids, fields)
  }

  searchRead(
    model: string,
    domain: GuestValue,
    fields?: readonly string[],
    options?: SearchOptions,
  ): Promise<ReadPage> {
    return searchRead(this.#scope, model, domain, fields, options)
  }

  exists(model: string, ids: readonly number[]): Promise<readonly number[]> {
    return exists(this.#scope, model, ids)
  }

  /** Makes records and returns their ids, in the order of the values. */
  create(model: string, values: readonly RecordValues[]): Promise<readonly number[]> {
    return create(this.#scope, model, values)
  }

  /** Gives all the records the same values. */
  write(model: string, ids: readonly number[], values: RecordValues): Promise<void> {
    return writeRows(this.#scope, model, [{ ids, values }])
  }

  /** Gives records different values; rows that name the same fields are one statement. */
  writeMany(model: string, rows: readonly RowValues[]): Promise<void> {
    return writeRows(this.#scope, model, rows)
  }

  unlink(model: string, ids: readonly number[]): Promise<void> {
    return unlink(this.#scope, model, ids)
  }

  /** Copies records; `values` replace what would be copied. Returns the new ids in the order of the old. */
  copy(model: string, ids: readonly number[], values?: RecordValues): Promise<readonly number[]> {
    return copy(this.#scope, model, ids, values)
  }

  /** Defaults that need no code, of these fields or all. */
  async defaults(model: string, fields?: readonly string[]): Promise<RecordValues> {
    const all = await defaultsOf(this.#scope, await this.#scope.catalog.model(model))
    return new Map([...all].filter(([name]) => fields?.includes(name) ?? true))
  }

  /** Groups and aggregates as a result set. */
  group(
    model: string,
    query: Pick<Parameters<typeof group>[1], 'domain' | 'groupBy' | 'aggregates'>,
    options?: GroupOptions,
  ): Promise<GroupPage> {
    return group(this.#scope, { model, ...query }, options)
  }

  /** Groups as the dicts of Odoo's `read_group`, as the release shapes them. */
  readGroup(
    model: string,
    query: Omit<ReadGroupQuery, 'model'>,
    options?: GroupOptions,
  ): Promise<readonly ReadonlyMap<GuestValue, GuestValue>[]> {
    return readGroup(this.#scope, { model, ...query }, options)
  }

  /** The records of xml ids; unknown ones are absent. */
  refs(xmlIds: readonly string[]): Promise<ReadonlyMap<string, RecordRefById>> {
    return refs(this.#scope, xmlIds)
  }

  /** The xml ids of records, oldest first; records without are absent. */
  externalIds(
    model: string,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, readonly string[]>> {
    return externalIds(this.#scope, model, ids)
  }

  user(uid: number = this.#scope.context.uid): Promise<UserFacts | undefined> {
    return userFacts(this.#scope, uid)
  }

  companies(): Promise<readonly CompanyFacts[]> {
    return companies(this.#scope)
  }

  /** Fills `parent_path` of a model's whole table. */
  async parentStoreCompute(model: string): Promise<void> {
    await computeParentStore(this.#scope, await this.#scope.catalog.model(model))
  }

  /** Forgets what was read of models: after DDL, or changes of the reflection tables. */
  invalidate(): void {
    this.#scope.catalog.invalidate()
    forgetRelatedColumns(this.#scope.catalog)
  }
}
