import { GuestError, PyTuple } from '../../values/index.js'
import type { BoundArguments } from '../calling/bound-arguments.js'
import { helper } from '../calling/helper-function.js'
import { describeType } from '../calling/python-values.js'
import { disableInvalidFilters } from '../filters/disable-invalid-filters.js'
import { convertFieldToHtml } from '../html/convert-field-to-html.js'
import { copyFieldsMultilang } from '../records/copy-fields-multilang.js'
import { dateToDatetimeTz } from '../records/date-to-datetime-tz.js'
import { mapValues } from '../records/map-values.js'
import { setDefaults } from '../records/set-defaults.js'
import { addXmlId } from '../xml-ids/add-xmlid.js'
import { deleteRecordTranslations } from '../xml-ids/delete-record-translations.js'
import { deleteRecordsByXmlId } from '../xml-ids/delete-records.js'
import { deleteSqlConstraint } from '../xml-ids/delete-sql-constraint.js'
import { renameXmlIds } from '../xml-ids/rename-xmlids.js'
import { setXmlIdsNoupdate } from '../xml-ids/set-noupdate.js'
import { updateModuleMovedTranslations } from '../xml-ids/update-module-moved-translations.js'
import { LINK_FUNCTIONS } from './link-functions.js'
import { LOAD_FUNCTIONS } from './load-functions.js'
import { modelArgument } from './model-argument.js'

/** Records, their values and external ids. */
export const RECORD_FUNCTIONS = [
  ...LOAD_FUNCTIONS,
  ...LINK_FUNCTIONS,
  helper('rename_xmlids(cr, xmlids_spec, allow_merge=False)', async (context, given) => {
    await renameXmlIds(context, given.pairs('xmlids_spec'), given.flag('allow_merge'))
  }),
  helper('add_xmlid(cr, module, xmlid, model, res_id, noupdate=False)', (context, given) =>
    addXmlId(context, {
      module: given.text('module'),
      name: given.text('xmlid'),
      model: given.text('model'),
      recordId: given.integer('res_id'),
      noupdate: given.flag('noupdate'),
    }),
  ),
  helper('set_xml_ids_noupdate_value(env, module, xml_ids, value)', async (context, given) => {
    const names = xmlIdNames(given)
    await setXmlIdsNoupdate(context, given.text('module'), names, given.flag('value'))
  }),
  helper(
    'delete_records_safely_by_xml_id(env, xml_ids, delete_childs=False)',
    async (context, given) => {
      await deleteRecordsByXmlId(context, given.texts('xml_ids'), given.flag('delete_childs'))
    },
  ),
  helper('delete_sql_constraint_safely(env, module, table, name)', async (context, given) => {
    await deleteSqlConstraint(
      context,
      given.text('module'),
      given.text('table'),
      given.text('name'),
    )
  }),
  helper(
    'delete_record_translations(cr, module, xml_ids, field_list=None)',
    async (context, given) => {
      const names = xmlIdNames(given)
      const fields = given.flag('field_list') ? given.texts('field_list') : []
      await deleteRecordTranslations(context, given.text('module'), names, fields)
    },
  ),
  helper(
    'update_module_moved_translations(cr, xml_id, old_module, new_module)',
    async (context, given) => {
      const xmlId = { module: given.text('old_module'), name: given.text('xml_id') }
      await updateModuleMovedTranslations(context, xmlId, given.text('new_module'))
    },
  ),
  helper(
    'map_values(cr, source_column, target_column, mapping, model=None, table=None, write="sql")',
    async (context, given) => {
      if (given.text('write') !== 'sql') {
        throw new GuestError(
          'helper',
          "map_values: write='orm' has not worked since Odoo 8; use 'sql'",
        )
      }
      const table =
        given.optionalText('table') ?? (await modelArgument(context, given, 'model')).table
      await mapValues(context, {
        table,
        source: given.text('source_column'),
        target: given.text('target_column'),
        mapping: given.entries('mapping'),
      })
    },
  ),
  helper(
    'set_defaults(cr, pool, default_spec, force=False, use_orm=False)',
    async (context, given) => {
      if (given.flag('use_orm')) throw new GuestError('needs-odoo', 'write', 'set_defaults')
      const defaults = given.entries('default_spec').flatMap(([model, fields]) =>
        given
          .asItems(fields, 'default_spec')
          .map((field) => given.asItems(field, 'default_spec'))
          .map(([field, value = null]) => ({
            model: given.asText(model, 'default_spec'),
            field: given.asText(field, 'default_spec'),
            value,
          })),
      )
      await setDefaults(context, defaults, given.flag('force'))
    },
  ),
  helper(
    'date_to_datetime_tz(cr, table_name, user_field_name, date_field_name, datetime_field_name)',
    async (context, given) => {
      await dateToDatetimeTz(context, {
        table: given.text('table_name'),
        userColumn: given.text('user_field_name'),
        dateColumn: given.text('date_field_name'),
        datetimeColumn: given.text('datetime_field_name'),
      })
    },
  ),
  helper(
    'convert_field_to_html(cr, table, field_name, html_field_name, verbose=True, translate=False)',
    async (context, given) => {
      await convertFieldToHtml(context, {
        table: given.text('table'),
        from: given.text('field_name'),
        to: given.text('html_field_name'),
        translated: given.flag('translate'),
      })
    },
  ),
  helper(
    'copy_fields_multilang(cr, destination_model, destination_table, destination_columns, relation_column, ' +
      'source_model=None, source_table=None, source_columns=None, translations_only=False)',
    async (context, given) => {
      const destination = {
        model: given.text('destination_model'),
        table: given.text('destination_table'),
        columns: given.texts('destination_columns'),
      }
      await copyFieldsMultilang(context, {
        destination,
        source: {
          model: given.optionalText('source_model') ?? destination.model,
          table: given.optionalText('source_table') ?? destination.table,
          columns: given.flag('source_columns')
            ? given.texts('source_columns')
            : destination.columns,
        },
        relationColumn: given.text('relation_column'),
        translationsOnly: given.flag('translations_only'),
      })
    },
  ),
  helper('disable_invalid_filters(env, verbose=True)', async (context) => {
    await disableInvalidFilters(context)
  }),
]

/** Names without their module; other containers than lists and tuples are refused, as by openupgradelib. */
function xmlIdNames(given: BoundArguments): readonly string[] {
  const value = given.value('xml_ids')
  if (Array.isArray(value) || value instanceof PyTuple) return given.texts('xml_ids')
  const text = typeof value === 'string' ? value : describeType(value)
  throw new GuestError('user', `XML IDs ${text} must be a tuple or list!`, 'UserError')
}
