import { GuestError, type GuestValue } from '../../values/index.js'
import { convertBinaryToAttachment } from '../attachments/convert-binary-to-attachment.js'
import type { BoundArguments } from '../calling/bound-arguments.js'
import { helper } from '../calling/helper-function.js'
import { convertBootstrapText, reportBootstrap } from '../html/bootstrap.js'
import { fillAnalyticDistribution } from '../records/fill-analytic-distribution.js'
import { mergeRecords } from '../records/merge-records/merge-records.js'
import type { FieldOperations } from '../records/merge-records/merge-values.js'
import { tableOf } from '../schema/model-table.js'

const PRESERVE = 'openupgrade_other_fields'

/** Functions of openupgradelib's other modules. */
export const VERSION_FUNCTIONS = [
  helper(
    'openupgrade_90.convert_binary_field_to_attachment(env, field_spec)',
    async (context, given) => {
      const columns = given.entries('field_spec').flatMap(([model, fields]) =>
        given
          .asItems(fields, 'field_spec')
          .map((field) => given.asItems(field, 'field_spec'))
          .map(([field, column]) => {
            const name = given.asNone(column, 'field_spec')
            return {
              model: given.asText(model, 'field_spec'),
              field: given.asText(field, 'field_spec'),
              ...(name !== undefined && { column: name }),
            }
          }),
      )
      await convertBinaryToAttachment(context, columns)
    },
  ),
  helper(
    'openupgrade_160.fill_analytic_distribution(env, table, m2m_rel=False, m2m_column1=False, ' +
      'm2m_column2="account_analytic_tag_id", column="analytic_distribution", ' +
      'analytic_account_column="analytic_account_id")',
    async (context, given) => {
      const tags = given.optionalText('m2m_rel')
      const lineColumn = given.optionalText('m2m_column1')
      await fillAnalyticDistribution(context, {
        table: given.text('table'),
        column: given.text('column'),
        accountColumn: given.text('analytic_account_column'),
        ...(tags !== undefined &&
          lineColumn !== undefined && {
            tags: { table: tags, lineColumn, tagColumn: given.text('m2m_column2') },
          }),
      })
    },
  ),
  helper(
    'openupgrade_160.convert_field_bootstrap_4to5(env, model_name, field_name, domain=None, method="orm")',
    async (context, given) => {
      const table = await tableOf(context, given.text('model_name'))
      await reportBootstrap(context, { table, column: given.text('field_name') })
    },
  ),
  helper(
    'openupgrade_160._convert_field_bootstrap_4to5_sql(cr, table, field, ids=None)',
    async (context, given) => {
      await reportBootstrap(context, {
        table: given.text('table'),
        column: given.text('field'),
        ...(given.flag('ids') && { ids: given.integers('ids') }),
      })
    },
  ),
  helper(
    'openupgrade_160.convert_string_bootstrap_4to5(html_string, pretty_print=True)',
    async (_context, given) => {
      if (!given.flag('html_string')) return given.value('html_string')
      return convertBootstrapText('convert_string_bootstrap_4to5', given.text('html_string'))
    },
  ),
  helper(
    'openupgrade_merge_records.merge_records(env, model_name, record_ids, target_record_id, ' +
      'field_spec=None, method="orm", delete=True, exclude_columns=None, model_table=None)',
    async (context, given) => {
      const model = given.text('model_name')
      if (given.text('method') !== 'sql') throw new GuestError('needs-odoo', 'merge_records', model)
      const table = given.optionalText('model_table')
      const fields = fieldOperations(given)
      await mergeRecords(context, model, given.integers('record_ids'), targetOf(given), {
        delete: given.flag('delete'),
        exclude: given.flag('exclude_columns') ? given.pairs('exclude_columns') : [],
        keepXmlIds: true,
        ...(table !== undefined && { table }),
        ...(fields !== undefined && { fields }),
      })
    },
  ),
]

function targetOf(given: BoundArguments): number {
  return given.integer('target_record_id')
}

function fieldOperations(given: BoundArguments): FieldOperations | undefined {
  if (given.value('field_spec') === null) return undefined
  const operations = new Map(
    given
      .entries('field_spec')
      .map(([field, operation]) => [
        given.asText(field, 'field_spec'),
        operationText(given, operation),
      ]),
  )
  const preserveOthers = operations.get(PRESERVE) === 'preserve'
  operations.delete(PRESERVE)
  return { operations, preserveOthers }
}

function operationText(given: BoundArguments, operation: GuestValue): string {
  return given.asOptionalText(operation, 'field_spec') ?? ''
}
