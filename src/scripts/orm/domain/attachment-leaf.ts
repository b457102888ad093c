import { id, raw, type Sql, sql } from '../../../db/index.js'
import { needsOdoo } from '../guest-errors.js'
import type { FieldPlace } from '../select/place.js'
import type { Leaf } from './parse-domain.js'

/** Binary values in attachments can only be asked whether there is one. */
export function attachmentLeaf(at: FieldPlace, { operator, value }: Leaf): Sql {
  const { schema, field, alias } = at
  const empty = value === false || value === null
  if (!empty || (operator !== '=' && operator !== '!=')) throw needsOdoo(schema.model, field.name)
  return sql`${id(alias, 'id')} ${raw(operator === '=' ? 'NOT' : '')} IN (
    SELECT at.res_id FROM ir_attachment at
     WHERE at.res_model = ${schema.model} AND at.res_field = ${field.name} AND at.res_id IS NOT NULL)`
}
