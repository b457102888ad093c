import { sql } from '../../../db/index.js'
import type { OrmScope } from '../orm-scope.js'

export interface UserFacts {
  readonly id: number
  readonly login: string
  readonly name: string | null
  readonly lang: string | null
  readonly tz: string | null
  readonly partnerId: number | null
  readonly companyId: number | null
  readonly companyIds: readonly number[]
}

export interface CompanyFacts {
  readonly id: number
  readonly name: string
}

/** What an environment tells about its user. */
export async function userFacts(scope: OrmScope, uid: number): Promise<UserFacts | undefined> {
  const { rows } = await scope.session.query<{ user: Omit<UserFacts, 'companyIds'> }>(sql`
    SELECT jsonb_build_object('id', u.id, 'login', u.login, 'name', p->>'name', 'lang', p->>'lang',
             'tz', p->>'tz', 'partnerId', u.partner_id, 'companyId', to_jsonb(u)->'company_id') AS "user"
      FROM res_users u
      LEFT JOIN LATERAL (SELECT to_jsonb(r) AS p FROM res_partner r WHERE r.id = u.partner_id) x ON true
     WHERE u.id = ${uid}::int`)
  const user = rows[0]?.user
  return user === undefined ? undefined : { ...user, companyIds: await companiesOf(scope, uid) }
}

async function companiesOf(scope: OrmScope, uid: number): Promise<readonly number[]> {
  const users = await scope.catalog.find('res.users')
  const field = users?.fields.get('company_ids')
  if (field?.kind !== 'many2many') return []
  const { rows } = await scope.session.query<{ cid: number }>(sql`
    SELECT r.cid FROM res_company_users_rel r WHERE r.user_id = ${uid}::int ORDER BY r.cid`)
  return rows.map((row) => row.cid)
}

/** All companies, in the order of their model. */
export async function companies(scope: OrmScope): Promise<readonly CompanyFacts[]> {
  const { rows } = await scope.session.query<{ id: number; name: string }>(sql`
    SELECT c.id, c.name FROM res_company c
     ORDER BY (to_jsonb(c)->>'sequence')::int, c.name, c.id`)
  return rows
}
