import type { GuestValue } from '../values/index.js'
import type { FieldSchema, ModelSchema } from './model-schema.js'

/** A schema as the guest gets it; keys as docs/orm-operations.md says. */
export function schemaValue(schema: ModelSchema): GuestValue {
  return new Map<GuestValue, GuestValue>([
    ['model', schema.model],
    ['table', schema.table ?? null],
    ['order', schema.order],
    ['rec_name', schema.recName ?? null],
    ['active', schema.activeName ?? null],
    ['parent', schema.parentName ?? null],
    ['inherits', new Map<GuestValue, GuestValue>(schema.inherits)],
    ['transient', schema.transient],
    [
      'fields',
      new Map(
        [...schema.fields].map(([name, field]): [GuestValue, GuestValue] => [
          name,
          fieldValue(field),
        ]),
      ),
    ],
  ])
}

function fieldValue(field: FieldSchema): GuestValue {
  const entries: readonly (readonly [string, GuestValue | undefined])[] = [
    ['t', field.type],
    ['k', field.kind],
    ['rel', field.relation],
    ['rf', field.relationField],
    ['rt', field.relationTable],
    ['c1', field.column1],
    ['c2', field.column2],
    ['related', field.related],
    ['inh', field.inherited],
    ['tr', field.translate],
    ['req', field.required],
    ['ro', field.readonly],
    ['copy', field.copied],
    ['cd', field.companyDependent],
    ['digits', field.digits],
    ['domain', field.domain],
    ['mf', field.modelField],
    ['sel', field.selection?.map(([value, label]) => [value, label])],
  ]
  return new Map(
    entries.flatMap(([key, value]): [GuestValue, GuestValue][] =>
      value === undefined || value === false ? [] : [[key, value]],
    ),
  )
}
