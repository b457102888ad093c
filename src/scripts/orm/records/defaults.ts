import { sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { companyId } from '../select/company-value.js'
import type { RecordValues } from './record-values.js'

/**
 * What a new record gets for fields that are not given: the context's defaults, then those that users have set
 * (`ir.default`), then those of the source that need no code. Delegated parents have their own.
 */
export async function defaultsOf(scope: OrmScope, schema: ModelSchema): Promise<RecordValues> {
  const values = new Map<string, GuestValue>()
  for (const field of schema.fields.values()) {
    const inherited = field.inherited !== undefined && field.kind === 'related'
    if (field.default !== undefined && !inherited) values.set(field.name, field.default)
  }
  for (const [name, value] of await userDefaults(scope, schema)) values.set(name, value)
  for (const [name, value] of scope.context.defaults) {
    if (schema.fields.has(name)) values.set(name, value)
  }
  return values
}

async function userDefaults(scope: OrmScope, schema: ModelSchema): Promise<RecordValues> {
  if (!(await scope.catalog.has('ir_default'))) return new Map()
  const ids = [...schema.fields.values()].map((field) => field.id)
  const { rows } = await scope.session.query<{ field_id: number; json_value: string }>(sql`
    SELECT DISTINCT ON (d.field_id) d.field_id, d.json_value::text FROM ir_default d
     WHERE d.field_id = ANY(${ids}::int[]) AND d.condition IS NULL
       AND (d.user_id IS NULL OR d.user_id = ${scope.context.uid}::int)
       AND (d.company_id IS NULL OR d.company_id = ${companyId(scope.context)})
     ORDER BY d.field_id, d.user_id, d.company_id, d.id`)
  const names = new Map([...schema.fields.values()].map((field) => [field.id, field]))
  const values = new Map<string, GuestValue>()
  for (const row of rows) {
    const field = names.get(row.field_id)
    // A company-dependent field's default is not stored with the record.
    if (field === undefined || field.companyDependent) continue
    values.set(field.name, fromJson(JSON.parse(row.json_value)))
  }
  return values
}

/** JSON as a value of Python. */
export function fromJson(value: unknown): GuestValue {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return value
  }
  if (typeof value !== 'object' || value === null) return null
  return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]))
}
