import { GuestError } from '../values/index.js'
import type { BoundArguments } from './calling/bound-arguments.js'
import { type HelperCall, helper } from './calling/helper-function.js'
import { columnExists } from './schema/column-exists.js'
import {
  columnNames,
  columnType,
  createColumn,
  removeColumn,
  type WantedColumn,
} from './util/columns.js'
import { modulesInstalled, renameModule } from './util/modules.js'
import { renameTable } from './util/rename-table.js'
import { renameXmlId } from './util/rename-xmlid.js'
import { baseTableExists, modelOfTable, utilTableOf, viewExists } from './util/tables.js'
import { forceNoupdate, refs } from './util/xml-ids.js'

const MODULES_INSTALLED: HelperCall = (context, given) => {
  const modules = given.texts('modules')
  if (modules.length === 0) throw new GuestError('value', 'modules_installed: no module given')
  return modulesInstalled(context, modules)
}

/** The functions of `odoo.upgrade.util` that the host knows. */
export const UTIL_FUNCTIONS = [
  helper('util.table_exists(cr, table)', (context, given) =>
    baseTableExists(context, given.text('table')),
  ),
  helper('util.view_exists(cr, view)', (context, given) => viewExists(context, given.text('view'))),
  helper('util.column_exists(cr, table, column)', (context, given) =>
    columnExists(context, given.text('table'), given.text('column')),
  ),
  helper('util.column_type(cr, table, column, sized=False)', (context, given) =>
    columnType(context, given.text('table'), given.text('column'), given.flag('sized')),
  ),
  helper('util.get_columns(cr, table, ignore="id")', async (context, given) => {
    const ignored = given.value('ignore') === 'id' ? ['id'] : given.texts('ignore')
    return await columnNames(context, given.text('table'), ignored)
  }),
  helper(
    'util.create_column(cr, table, column, definition, default=..., fk_table=..., on_delete_action=...)',
    (context, given) => createColumn(context, wantedColumn(given)),
  ),
  helper('util.remove_column(cr, table, column, cascade=False)', async (context, given) => {
    await removeColumn(context, given.text('table'), given.text('column'), given.flag('cascade'))
  }),
  helper('util.table_of_model(cr, model)', async (context, given) =>
    utilTableOf(context, given.text('model')),
  ),
  helper('util.model_of_table(cr, table)', (context, given) =>
    modelOfTable(context, given.text('table')),
  ),
  helper('util.modules_installed(cr, *modules)', MODULES_INSTALLED),
  helper('util.module_installed(cr, module)', (context, given) =>
    modulesInstalled(context, [given.text('module')]),
  ),
  helper('util.rename_module(cr, old, new)', async (context, given) => {
    await renameModule(context, given.text('old'), given.text('new'))
  }),
  helper(
    'util.rename_table(cr, old_table, new_table, remove_constraints=True)',
    async (context, given) => {
      await renameTable(context, given.text('old_table'), given.text('new_table'), {
        removeConstraints: given.flag('remove_constraints'),
      })
    },
  ),
  helper('util.rename_xmlid(cr, old, new, noupdate=None, on_collision="fail")', (context, given) =>
    renameXmlId(context, given.text('old'), given.text('new'), {
      merge: given.text('on_collision') === 'merge',
      ...(given.value('noupdate') !== null && { noupdate: given.flag('noupdate') }),
    }),
  ),
  helper('util.ref(cr, xmlid)', async (context, given) => {
    const xmlId = given.text('xmlid')
    return (await refs(context, [xmlId])).get(xmlId) ?? null
  }),
  helper('util.refs(cr, xmlids, strict=False)', async (context, given) => {
    const found = [...(await refs(context, given.texts('xmlids')))]
    return new Map(given.flag('strict') ? found.filter(([, id]) => id !== null) : found)
  }),
  helper('util.force_noupdate(cr, xmlid, noupdate=True, warn=False)', (context, given) =>
    forceNoupdate(context, given.text('xmlid'), given.flag('noupdate'), given.flag('warn')),
  ),
]

function wantedColumn(given: BoundArguments): WantedColumn {
  const references = given.has('fk_table') ? given.text('fk_table') : undefined
  if (references === undefined && given.has('on_delete_action')) {
    throw new GuestError(
      'value',
      '`on_delete_action` argument can only be used if `fk_table` argument is set.',
    )
  }
  return {
    table: given.text('table'),
    column: given.text('column'),
    definition: given.text('definition'),
    ...(given.has('default') && { fallback: given.value('default') }),
    ...(references !== undefined && {
      references: {
        table: references,
        onDelete: given.has('on_delete_action') ? given.text('on_delete_action') : 'NO ACTION',
      },
    }),
  }
}
