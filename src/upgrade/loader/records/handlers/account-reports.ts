import { id, join, sql } from '../../../../db/index.js'
import { isUnevaluated } from '../../../../odoo/models/index.js'
import type { RegistryField } from '../../../../odoo/registry/index.js'
import type { ModelHandler } from './model-handler.js'
import { created, realIds } from './record-ids.js'

/** A filter's compute names the filter and what it is where the report has no root. */
const FILTER = /_compute_report_option_filter\(\s*'(\w+)'\s*(?:,\s*([^()]+?)\s*)?\)/

/** New reports have the filters of their root, or what each filter's compute says (account_report.py). */
export const reportHandler: ModelHandler = {
  models: 'account.report',
  prepare({ model, values, isNew }) {
    if (!isNew || typeof values.get('root_report_id') === 'number') return
    for (const field of model.fields.values()) {
      const fallback = fallbackOf(field)
      if (fallback !== undefined && !values.has(field.name)) values.set(field.name, fallback)
    }
    if (model.fields.has('availability_condition') && !values.has('availability_condition')) {
      values.set('availability_condition', 'always')
    }
  },
  async after(records, turn) {
    const rooted = created(records).filter(
      ({ values }) => typeof values.get('root_report_id') === 'number',
    )
    const model = rooted[0]?.model
    if (model === undefined) return
    const filters = [...model.fields.values()].filter((field) => fallbackOf(field) !== undefined)
    // What a record gives itself is kept: one statement for each set of given filters would not be.
    const open = filters.filter(({ name }) => rooted.every(({ values }) => !values.has(name)))
    const copies = open.map(({ name }) => sql`${id(name)} = ${id('r', name)}`)
    if (model.fields.get('availability_condition')?.column !== undefined) {
      copies.push(sql`availability_condition = coalesce(t.availability_condition, 'country')`)
    }
    if (copies.length === 0) return
    await turn.scope.session.query(sql`
      UPDATE account_report t SET ${join(copies)} FROM account_report r
       WHERE r.id = t.root_report_id AND t.id = ANY(${realIds(rooted, turn)}::int[])`)
  },
}

/** The value of a filter without a root; undefined for what is no filter. */
function fallbackOf({ compute, column }: RegistryField): string | boolean | undefined {
  if (column === undefined || !isUnevaluated(compute)) return undefined
  const found = FILTER.exec(compute.text)
  if (found === null) return undefined
  const given = found[2] ?? 'False'
  if (given === 'True' || given === 'False') return given === 'True'
  return /^(['"])(.*)\1$/.exec(given)?.[2]
}
