import { type FieldFacts, type LoadedViews, readViews } from './loaded-views.js'
import { fieldsOf, type LoggedIn } from './log-in.js'
import type { OdooClient } from './odoo-client.js'
import { LINES_SHOWN, onchangeSpecificationOf, specificationOf } from './read-specification.js'
import type { ViewArch, ViewField } from './view-arch.js'

/** What a view asks for: the model, its fields, and the fields of all models around. */
export interface ViewRequest {
  readonly model: string
  readonly fields: readonly ViewField[]
  readonly models: LoadedViews['models']
  readonly context: Readonly<Record<string, unknown>>
}

/** As many records as a list shows. */
export const RECORDS_SHOWN = 80

type Values = Readonly<Record<string, unknown>>

/**
 * The calls that the web client of a release makes. 14 and 15 load views with `load_views`, 16 and newer
 * with `get_views`; 17 and newer ask for records by specification.
 */
export class WebClient {
  readonly #client: OdooClient
  readonly #user: LoggedIn
  readonly #readArch: (arch: string) => ViewArch

  constructor(client: OdooClient, user: LoggedIn, readArch: (arch: string) => ViewArch) {
    this.#client = client
    this.#user = user
    this.#readArch = readArch
  }

  /** Loads views; each is `[id or false, type]`. */
  async loadViews(
    model: string,
    views: readonly (readonly [number | false, string])[],
    context: Values,
    actionId: number | false,
  ): Promise<LoadedViews> {
    const method = this.#user.major < 16 ? 'load_views' : 'get_views'
    const options = { toolbar: true, load_filters: true, action_id: actionId }
    const answer = await this.#call(model, method, [], { views, options, context })
    return readViews(answer, model, this.#readArch)
  }

  /** The first records of a list or kanban view. */
  async searchRead(request: ViewRequest, domain: unknown): Promise<readonly Values[]> {
    const { model, context } = request
    const limit = RECORDS_SHOWN
    const { major } = this.#user
    const fields = namesOf(request)
    if (major < 15) {
      return records(await this.#call(model, 'search_read', [], { domain, fields, limit, context }))
    }
    const what = major < 17 ? { fields } : { specification: this.#specification(request) }
    const answer = await this.#call(model, 'web_search_read', [], {
      domain,
      ...what,
      limit,
      context,
    })
    return records(fieldsOf(answer).records)
  }

  /** The columns of a kanban view that is grouped. */
  readColumns({ model, context }: ViewRequest, domain: unknown, groupBy: string): Promise<unknown> {
    const keywords = { domain, fields: [], groupby: [groupBy], lazy: true, context }
    return this.#call(model, 'web_read_group', [], keywords)
  }

  /** The cells of a pivot or the points of a graph. */
  readCells({ model, fields, context }: ViewRequest, domain: unknown): Promise<unknown> {
    const measures = fields.filter(({ role }) => role === 'measure').map(({ name }) => name)
    const groupBy = fields.filter(({ role }) => role !== 'measure').map(({ name }) => name)
    const keywords = { domain, fields: measures, groupby: groupBy, lazy: false, context }
    return this.#call(model, 'read_group', [], keywords)
  }

  /** A record as its form shows it; lines included from 17 on, see {@link readLines}. */
  async readRecord(request: ViewRequest, id: number): Promise<Values> {
    const { model, context } = request
    const answer =
      this.#user.major < 17
        ? await this.#call(model, 'read', [[id], namesOf(request)], { context })
        : await this.#call(model, 'web_read', [[id]], {
            specification: this.#specification(request),
            context,
          })
    return records(answer)[0] ?? {}
  }

  /** Up to 16, the web client reads the lines of a form by their own fields. */
  readsLinesApart(): boolean {
    return this.#user.major < 17
  }

  readLines(request: ViewRequest, ids: readonly number[]): Promise<unknown> {
    const { model, context } = request
    return this.#call(model, 'read', [ids.slice(0, LINES_SHOWN), namesOf(request)], { context })
  }

  /** What a form of a new record starts with. */
  newRecord(request: ViewRequest): Promise<unknown> {
    const { model, context, models } = request
    const known = models.get(model)
    const fields = request.fields.filter(({ name }) => known?.has(name) ?? true)
    const specification =
      this.#user.major < 17 ? onchangeSpecificationOf(fields) : this.#specification(request)
    return this.#call(model, 'onchange', [[], {}, [], specification], { context })
  }

  /** The ids of the first records. */
  async search(model: string, domain: unknown, limit: number): Promise<readonly number[]> {
    const keywords = { limit, context: this.#user.context }
    const ids = await this.#call(model, 'search', [domain], keywords)
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : []
  }

  #specification({ fields, model, models }: ViewRequest) {
    return specificationOf(fields, model, models)
  }

  #call(
    model: string,
    method: string,
    args: readonly unknown[],
    keywords: Values,
  ): Promise<unknown> {
    return this.#client.call(model, method, args, keywords)
  }
}

/** Names of fields that the model has: views may name fields that only a group may see. */
function namesOf({ fields, model, models }: ViewRequest): readonly string[] {
  const known: ReadonlyMap<string, FieldFacts> | undefined = models.get(model)
  return fields.map(({ name }) => name).filter((name) => known?.has(name) ?? true)
}

function records(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.map(fieldsOf) : []
}
