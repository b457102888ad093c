import { invalid, needsOdoo, unknownField } from '../guest-errors.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { Aliases, FromClause } from './from-clause.js'
import { scalar } from './scalar.js'

/** A model inside a statement. */
export interface Place {
  readonly schema: ModelSchema
  readonly from: FromClause
  readonly alias: string
}

/** A field at the end of a path. */
export interface FieldPlace extends Place {
  readonly field: FieldSchema
}

/** Longest chain of related fields that is followed. */
const DEEPEST = 20

/** The table of a model; models without one cannot be asked. */
export function tableOf(schema: ModelSchema): string {
  if (schema.table === undefined) throw needsOdoo(schema.model, '_table')
  return schema.table
}

/** The start of a statement, or of a subselect of one when the aliases are given. */
export function placeOf(schema: ModelSchema, aliases: Aliases = new Aliases()): Place {
  const from = new FromClause(tableOf(schema), aliases)
  return { schema, from, alias: from.alias }
}

export function fieldOf(schema: ModelSchema, name: string): FieldSchema {
  const field = schema.fields.get(name)
  if (field === undefined) throw unknownField(schema.model, name)
  return field
}

/** Follows many2ones by joins; related and delegated fields are replaced by what they follow. */
export async function resolvePath(
  scope: OrmScope,
  start: Place,
  path: readonly string[],
  depth = 0,
): Promise<FieldPlace> {
  if (depth > DEEPEST)
    throw invalid(`The path ${path.join('.')} of ${start.schema.model} is circular`)
  const [name = '', ...rest] = path
  const field = fieldOf(start.schema, name)
  if (field.kind === 'related') {
    const related = (field.related ?? '').split('.')
    return resolvePath(scope, start, [...related, ...rest], depth + 1)
  }
  if (rest.length === 0) return { ...start, field }
  if (field.type !== 'many2one' || field.relation === undefined) {
    throw invalid(`Invalid path ${path.join('.')} on ${start.schema.model}: ${name} is no many2one`)
  }
  const schema = await scope.catalog.model(field.relation)
  const value = await scalar(scope, { ...start, field })
  const alias = start.from.joinById(`${start.alias}.${name}`, tableOf(schema), value)
  return resolvePath(scope, { schema, from: start.from, alias }, rest, depth + 1)
}
