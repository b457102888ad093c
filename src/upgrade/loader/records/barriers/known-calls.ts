import { type Sql, sql } from '../../../../db/index.js'
import type { XmlFunction } from '../../../../odoo/data/index.js'
import { itemsOf, type SourceValue } from '../../../../odoo/models/index.js'
import type { RecordsTurn } from '../records-turn.js'
import { givenValue, isDeferred } from '../values/field-value.js'
import { namesOf } from '../values/value-scope.js'

type Call = (args: readonly SourceValue[], turn: RecordsTurn) => Promise<void>

/** Methods that data files call and that SQL does as well (data specification §1.5). */
const CALLS: Readonly<Record<string, Call>> = {
  'ir.model.fields formbuilder_whitelist': async ([model, fields], { scope }) => {
    const names = itemsOf(fields)?.filter((name) => typeof name === 'string') ?? []
    if (typeof model !== 'string' || names.length === 0) return
    await scope.session.query(sql`
      UPDATE ir_model_fields SET website_form_blacklisted = false
       WHERE model = ${model} AND name = ANY(${names as readonly string[]}::text[])`)
  },
  'ir.config_parameter set_param': async ([key, value], { scope }) => {
    if (typeof key !== 'string') return
    if (value === false || value === null || value === undefined) {
      await scope.session.query(sql`DELETE FROM ir_config_parameter WHERE key = ${key}`)
      return
    }
    const text = value === true ? 'True' : String(value)
    await scope.session.query(sql`
      INSERT INTO ir_config_parameter AS p (key, value, create_uid, write_uid, create_date, write_date)
      VALUES (${key}, ${text}, 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
      ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, write_date = EXCLUDED.write_date
       WHERE p.value IS DISTINCT FROM EXCLUDED.value`)
  },
  // Fills only what is empty, and nothing is in a database that has been in use.
  'ir.module.module update_theme_images': async () => {},
}

/** Calls that change nothing where no row is as the statement says. */
const IDLE: Readonly<Record<string, Sql>> = {
  'res.company _init_data_resource_calendar': sql`
    SELECT FROM res_company WHERE resource_calendar_id IS NULL`,
  'project.project _init_data_analytic_account': sql`
    SELECT FROM project_project WHERE analytic_account_id IS NULL AND allow_timesheets`,
}

/** Whether a call would find nothing to do. */
export async function isIdle(call: XmlFunction, { scope }: RecordsTurn): Promise<boolean> {
  const open = IDLE[`${call.model} ${call.name}`]
  if (open === undefined) return false
  const { rows } = await scope.session.query(sql`SELECT 1 AS found WHERE EXISTS (${open})`)
  return rows.length === 0
}

/** How a call is made natively; undefined where only the release's own code can. */
export function knownCall(call: XmlFunction, turn: RecordsTurn): (() => Promise<void>) | undefined {
  const known = CALLS[`${call.model} ${call.name}`]
  const args = known && argumentsOf(call, turn)
  return known === undefined || args === undefined ? undefined : () => known(args, turn)
}

function argumentsOf(call: XmlFunction, turn: RecordsTurn): readonly SourceValue[] | undefined {
  const { module, hop, folder, xmlIds, seen, now } = turn
  const scope = { module, release: hop.source.release, folder, xmlIds, seen, now }
  const args: SourceValue[] = []
  if (call.eval !== undefined) {
    const given = itemsOf(folder.fold(call.eval, namesOf(scope)))
    if (given === undefined) return undefined
    args.push(...given)
  }
  for (const argument of call.arguments) {
    if ('kind' in argument || argument.name !== undefined) return undefined
    const value = givenValue(argument, scope)
    if (isDeferred(value)) return undefined
    args.push(value)
  }
  return args
}
