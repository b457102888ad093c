import { PyTuple } from '../../values/index.js'
import { type HelperCall, helper } from '../calling/helper-function.js'
import { checkValues } from '../records/check-values.js'
import { columnExists } from '../schema/column-exists.js'
import { columnTypeOf } from '../schema/column-type.js'
import { copyColumns } from '../schema/copy-columns.js'
import { dropColumns } from '../schema/drop-columns.js'
import { floatToInteger } from '../schema/float-to-integer.js'
import { legacyName } from '../schema/legacy-name.js'
import { liftConstraints } from '../schema/lift-constraints.js'
import { modelTable } from '../schema/model-table.js'
import { removeTablesFks } from '../schema/remove-tables-fks.js'
import { renameColumns } from '../schema/rename-columns.js'
import { renameTables } from '../schema/rename-tables.js'
import { tableExists } from '../schema/table-exists.js'

const TABLE_EXISTS: HelperCall = async (context, given) =>
  // psycopg2 gives the row that was found, which scripts take for true.
  (await tableExists(context, given.text('table'))) ? new PyTuple([1]) : null

const COLUMN_EXISTS: HelperCall = (context, given) =>
  columnExists(context, given.text('table'), given.text('column'))

/** Tables and columns. */
export const SCHEMA_FUNCTIONS = [
  helper('table_exists(cr, table)', TABLE_EXISTS),
  helper('openupgrade_tools.table_exists(cr, table)', TABLE_EXISTS),
  helper('column_exists(cr, table, column)', COLUMN_EXISTS),
  helper('openupgrade_tools.column_exists(cr, table, column)', COLUMN_EXISTS),
  helper('get_legacy_name(original_name)', async ({ release }, given) =>
    legacyName(release, given.text('original_name')),
  ),
  helper('get_model2table(model)', async ({ release }, given) =>
    modelTable(release, given.text('model')),
  ),
  helper(
    'get_field2column_type(field_type, translatable=False)',
    async ({ release }, given) =>
      columnTypeOf(release, given.text('field_type'), given.flag('translatable')) ?? false,
  ),
  helper('rename_columns(cr, column_spec)', async (context, given) => {
    const spec = given.entries('column_spec').map(([table, columns]) => {
      const renames = given
        .asItems(columns, 'column_spec')
        .map((rename) => given.asItems(rename, 'column_spec'))
        .map(([from, to]): [string, string | undefined] => [
          given.asText(from, 'column_spec'),
          given.asNone(to, 'column_spec'),
        ])
      return [given.asText(table, 'column_spec'), renames] as const
    })
    await renameColumns(context, new Map(spec))
  }),
  helper('rename_tables(cr, table_spec)', async (context, given) => {
    const spec = given
      .tuples('table_spec')
      .map(([from, to]): [string, string | undefined] => [
        given.asText(from, 'table_spec'),
        given.asNone(to, 'table_spec'),
      ])
    const sequences = await renameTables(context, spec)
    return sequences.map(([from, to]) => new PyTuple([from, to]))
  }),
  helper('copy_columns(cr, column_spec)', async (context, given) => {
    const spec = given.entries('column_spec').map(([table, columns]) => {
      const copies = given
        .asItems(columns, 'column_spec')
        .map((copy) => given.asItems(copy, 'column_spec'))
        .map(([from, to, type]): [string, string | undefined, string | undefined] => [
          given.asText(from, 'column_spec'),
          given.asNone(to, 'column_spec'),
          given.asNone(type, 'column_spec'),
        ])
      return [given.asText(table, 'column_spec'), copies] as const
    })
    await copyColumns(context, new Map(spec))
  }),
  helper('drop_columns(cr, column_spec)', async (context, given) => {
    await dropColumns(context, given.pairs('column_spec'))
  }),
  helper('remove_tables_fks(cr, tables)', async (context, given) => {
    await removeTablesFks(context, given.texts('tables'))
  }),
  helper('lift_constraints(cr, table, column, cascade=False)', async (context, given) => {
    await liftConstraints(context, given.text('table'), given.text('column'), given.flag('cascade'))
  }),
  helper('float_to_integer(cr, table, field)', async (context, given) => {
    await floatToInteger(context, given.text('table'), given.text('field'))
  }),
  helper(
    'check_values_selection_field(cr, table_name, field_name, allowed_values)',
    async (context, given) =>
      await checkValues(
        context,
        given.text('table_name'),
        given.text('field_name'),
        given.items('allowed_values'),
      ),
  ),
]
