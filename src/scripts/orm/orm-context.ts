import type { GuestValue } from '../values/index.js'

/** The part of an environment that operations depend on. */
export interface OrmContext {
  /** User of `create_uid` and `write_uid`. */
  readonly uid: number
  /** Language of translated values, such as `fr_FR`. */
  readonly lang: string
  /** Whether archived records are left out of searches and x2many lists. */
  readonly activeTest: boolean
  /** Company of company-dependent values. */
  readonly companyId: number | undefined
  /** Values of new records that win over all other defaults (`default_…` of the context). */
  readonly defaults: ReadonlyMap<string, GuestValue>
}

/** The language that every translated value has. */
export const SOURCE_LANGUAGE = 'en_US'

export const DEFAULT_CONTEXT: OrmContext = {
  uid: 1,
  lang: SOURCE_LANGUAGE,
  activeTest: true,
  companyId: undefined,
  defaults: new Map(),
}
