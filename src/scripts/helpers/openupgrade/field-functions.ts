import { GuestError, type GuestValue, PyTuple } from '../../values/index.js'
import type { BoundArguments } from '../calling/bound-arguments.js'
import { helper } from '../calling/helper-function.js'
import { isTruthy } from '../calling/python-values.js'
import { addColumns, type NewColumn } from '../fields/add-columns.js'
import { addFields, type NewField } from '../fields/add-fields.js'
import { addIrModelFields } from '../fields/add-ir-model-fields.js'
import { convertToCompanyDependent } from '../fields/convert-to-company-dependent.js'
import { renameFieldReferences } from '../fields/rename-field-references.js'
import { renameFields } from '../fields/rename-fields.js'
import { renameProperty } from '../fields/rename-property.js'
import { updateModuleMovedFields } from '../fields/update-module-moved-fields.js'

const SPEC = 'field_spec'

/** Fields. */
export const FIELD_FUNCTIONS = [
  helper('rename_fields(env, field_spec, no_deep=False)', async (context, given) => {
    const renames = given
      .tuples(SPEC)
      .map((items) => texts(given, items, 4))
      .map(([model = '', table = '', from = '', to = '']) => [model, table, from, to] as const)
    await renameFields(context, renames)
  }),
  helper('rename_field_references(env, field_spec)', async (context, given) => {
    const renames = given
      .tuples(SPEC)
      .map((items) => texts(given, items, 3))
      .map(([model = '', from = '', to = '']) => [model, from, to] as const)
    await renameFieldReferences(context, renames)
  }),
  helper('add_columns(env, field_spec)', async (context, given) => {
    await addColumns(
      context,
      given.tuples(SPEC).map((items) => newColumn(given, items)),
    )
  }),
  helper('add_fields(env, field_spec)', async (context, given) => {
    await addFields(
      context,
      given.tuples(SPEC).map((items) => newField(given, items)),
    )
  }),
  helper('add_ir_model_fields(cr, columnspec)', async (context, given) => {
    await addIrModelFields(context, given.pairs('columnspec'))
  }),
  helper('rename_property(cr, model, old_name, new_name)', async (context, given) => {
    await renameProperty(
      context,
      given.text('model'),
      given.text('old_name'),
      given.text('new_name'),
    )
  }),
  helper(
    'convert_to_company_dependent(env, model_name, origin_field_name, destination_field_name, model_table_name=None)',
    async (context, given) => {
      const table = given.optionalText('model_table_name')
      await convertToCompanyDependent(context, {
        model: given.text('model_name'),
        from: given.text('origin_field_name'),
        to: given.text('destination_field_name'),
        ...(table !== undefined && { table }),
      })
    },
  ),
  helper(
    'update_module_moved_fields(cr, model, moved_fields, old_module, new_module)',
    async (context, given) => {
      const fields = given.value('moved_fields')
      if (!Array.isArray(fields) && !(fields instanceof PyTuple)) {
        throw new GuestError('user', 'moved_fields must be a tuple or list!', 'UserError')
      }
      await updateModuleMovedFields(context, {
        model: given.text('model'),
        fields: given.texts('moved_fields'),
        from: given.text('old_module'),
        to: given.text('new_module'),
      })
    },
  ),
]

function texts(
  given: BoundArguments,
  items: readonly GuestValue[],
  count: number,
): readonly string[] {
  if (items.length === count) return items.map((item) => given.asText(item, SPEC))
  const problem = items.length > count ? 'too many values' : 'not enough values'
  throw new GuestError('value', `${problem} to unpack (expected ${count})`)
}

function newColumn(given: BoundArguments, items: readonly GuestValue[]): NewColumn {
  const [model, field, fieldType, initial, table, columnType, translatable = false] = items
  const tableName = given.asOptionalText(table, SPEC)
  const type = given.asOptionalText(columnType, SPEC)
  return {
    model: given.asText(model, SPEC),
    field: given.asText(field, SPEC),
    fieldType: given.asText(fieldType, SPEC),
    translatable: isTruthy(translatable),
    ...(initial !== undefined && { initial }),
    ...(tableName !== undefined && { table: tableName }),
    ...(type !== undefined && { columnType: type }),
  }
}

function newField(given: BoundArguments, items: readonly GuestValue[]): NewField {
  const [field, model, table, fieldType, columnType, module, initial] = items
  if (module === undefined) throw new GuestError('value', 'add_fields: six values are needed')
  const tableName = given.asOptionalText(table, SPEC)
  const type = given.asOptionalText(columnType, SPEC)
  const moduleName = given.asOptionalText(module, SPEC)
  return {
    field: given.asText(field, SPEC),
    model: given.asText(model, SPEC),
    fieldType: given.asText(fieldType, SPEC),
    ...(tableName !== undefined && { table: tableName }),
    ...(type !== undefined && { columnType: type }),
    ...(moduleName !== undefined && { module: moduleName }),
    ...(initial !== undefined && { initial }),
  }
}
