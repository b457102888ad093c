import { firstRow, type Session, sql } from '../../db/index.js'
import type { ModuleRow } from '../../odoo/modules/index.js'
import { readModuleRows } from './read-module-rows.js'

/** What planning reads of a database. */
export interface ModuleSnapshot {
  readonly rows: readonly ModuleRow[]
  /** ISO codes of the countries that companies are in: from 18 on they limit automatic installation. */
  readonly companyCountries: readonly string[]
}

/** Reads what planning needs. Fails with NOT_AN_ODOO_DATABASE. */
export async function readModuleSnapshot(session: Session): Promise<ModuleSnapshot> {
  const rows = await readModuleRows(session)
  return { rows, companyCountries: await readCompanyCountries(session) }
}

async function readCompanyCountries(session: Session): Promise<readonly string[]> {
  const known = await firstRow<{ there: boolean }>(
    session,
    sql`SELECT count(*) = 3 AS there FROM pg_catalog.pg_attribute
         WHERE (attrelid, attname) IN ((to_regclass('public.res_company'), 'partner_id'),
               (to_regclass('public.res_partner'), 'country_id'), (to_regclass('public.res_country'), 'code'))
           AND NOT attisdropped`,
  )
  if (known?.there !== true) return []
  const { rows } = await session.query<{ code: string }>(sql`
    SELECT DISTINCT country.code
      FROM public.res_company company
      JOIN public.res_partner partner ON partner.id = company.partner_id
      JOIN public.res_country country ON country.id = partner.country_id
     WHERE country.code IS NOT NULL ORDER BY country.code`)
  return rows.map(({ code }) => code)
}
