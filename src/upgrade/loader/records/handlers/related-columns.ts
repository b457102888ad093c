import { id, join, type Sql, sql } from '../../../../db/index.js'
import type { RegistryField } from '../../../../odoo/registry/index.js'
import type { ModelHandler } from './model-handler.js'
import { realIds } from './record-ids.js'

/** Columns that follow a field of another record, over one step. */
export const relatedHandler: ModelHandler = {
  models: (model) => [...model.fields.values()].some(isRelatedColumn),
  async after(records, turn) {
    const [first] = records
    if (first === undefined) return
    const { model } = first
    const assignments: Sql[] = []
    const joins = new Map<string, Sql>()
    const changes: Sql[] = []
    for (const field of model.fields.values()) {
      const [link = '', name = ''] = isRelatedColumn(field) ? (field.related ?? []) : []
      const step = model.fields.get(link)
      const target = turn.hop.registry.models.get(step?.comodel ?? '')
      const column = target?.fields.get(name)?.column
      if (step?.column === undefined || target === undefined || column === undefined) continue
      if (column.type !== field.column?.type || step.type !== 'many2one') continue
      const alias = `p_${link}`
      joins.set(
        link,
        sql`LEFT JOIN ${id(target.table)} ${id(alias)} ON ${id(alias, 'id')} = ${id('x', link)}`,
      )
      assignments.push(sql`${id(field.name)} = ${id('n', field.name)}`)
      changes.push(sql`${id(alias, name)} AS ${id(field.name)}`)
    }
    if (assignments.length === 0) return
    await turn.scope.session.query(sql`
      UPDATE ${id(model.table)} t SET ${join(assignments)}
        FROM (SELECT x.id, ${join(changes)} FROM ${id(model.table)} x ${join([...joins.values()], ' ')}
               WHERE x.id = ANY(${realIds(records, turn)}::int[])) n
       WHERE n.id = t.id`)
  },
}

function isRelatedColumn(field: RegistryField): boolean {
  return (
    field.column !== undefined &&
    field.store &&
    !field.inherited &&
    !field.companyDependent &&
    field.related?.length === 2
  )
}
