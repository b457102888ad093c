import { GuestError } from '../../values/index.js'
import type { Orm } from '../orm.js'
import type { OrmContext } from '../orm-context.js'
import type { UserFacts } from '../records/users.js'
import { Recordset } from './recordset.js'
import { type ScriptCursor, scriptCursor } from './script-cursor.js'

/**
 * What a TypeScript script is given: records, xml ids and SQL of the database that is being upgraded.
 *
 * @example
 * export async function migrate(env: Environment) {
 *   const partners = await env('res.partner').search([['lang', '=', 'fr_BE']])
 *   await partners.write({ lang: 'fr_FR' })
 * }
 */
export interface Environment {
  /** No records of a model yet: to search, browse or create. */
  (model: string): Recordset
  model(name: string): Recordset
  /** Whether the database knows the model. */
  has(model: string): Promise<boolean>
  /** The record of an xml id; fails when there is none. */
  ref(xmlId: string): Promise<Recordset>
  /** The records of several xml ids in one go; unknown ones are absent. */
  refs(xmlIds: readonly string[]): Promise<ReadonlyMap<string, Recordset>>
  user(): Promise<UserFacts | undefined>
  companies(): Promise<Recordset>
  readonly cr: ScriptCursor
  readonly context: OrmContext
  withContext(context: Partial<OrmContext>): Environment
  withCompany(companyId: number): Environment
  /** After DDL, or changes of the reflection tables, by the script's own SQL. */
  invalidate(): void
}

/** The environment of a script over an ORM. */
export function createEnvironment(orm: Orm): Environment {
  const model = (name: string) => new Recordset(orm, name)
  const refs = async (xmlIds: readonly string[]) => {
    const found = await orm.refs(xmlIds)
    return new Map(
      [...found].map(([xmlId, record]) => [xmlId, model(record.model).browse(record.id)]),
    )
  }
  return Object.assign((name: string) => model(name), {
    model,
    refs,
    has: async (name: string) => (await orm.catalog.find(name)) !== undefined,
    async ref(xmlId: string) {
      const record = (await refs([xmlId])).get(xmlId)
      if (record !== undefined) return record
      throw new GuestError('xmlid', `External ID not found in the system: ${xmlId}`)
    },
    user: () => orm.user(),
    companies: async () => model('res.company').browse((await orm.companies()).map(({ id }) => id)),
    cr: scriptCursor(orm.session),
    context: orm.context,
    withContext: (context: Partial<OrmContext>) => createEnvironment(orm.withContext(context)),
    withCompany: (companyId: number) => createEnvironment(orm.withContext({ companyId })),
    invalidate: () => orm.invalidate(),
  })
}
