import { expect, it } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { type GuestOperation, PyTuple } from '../values/index.js'
import { cr, onBench } from './fixtures/bench.js'
import { helperOperations } from './helper-operations.js'

const cluster = useEngine(embeddedInMemory)

it('answers calls with positional and named arguments', async () => {
  await onBench(cluster(), async ({ context }) => {
    const { helper } = helperOperations(context) as { helper: GuestOperation }
    const yes = { kind: 'value', value: true }
    expect(await helper(['column_exists', [cr, 'res_tag', 'id']], new Map())).toEqual(yes)
    expect(
      await helper(
        ['column_exists', new PyTuple([cr, 'res_tag']), new Map([['column', 'id']])],
        new Map(),
      ),
    ).toEqual(yes)
    expect(
      await helper(
        ['column_exists', [cr]],
        new Map([
          ['table', 'res_tag'],
          ['column', 'id'],
        ]),
      ),
    ).toEqual(yes)
  })
})

it.each([
  ['nothing', "openupgradelib.openupgrade has no function 'nothing'"],
  ['openupgrade_160.nothing', "openupgradelib.openupgrade_160 has no function 'nothing'"],
  ['util.nothing', "odoo.upgrade.util has no function 'nothing'"],
])('says that %s does not exist', async (name, message) => {
  await onBench(cluster(), async ({ call }) => {
    await expect(call(name)).rejects.toMatchObject({ kind: 'helper', message })
  })
})

it('refuses what is no name and functions of releases long gone', async () => {
  await onBench(cluster(), async ({ context, call }) => {
    const { helper } = helperOperations(context) as { helper: GuestOperation }
    await expect(helper([1, []], new Map())).rejects.toMatchObject({ kind: 'type' })
    await expect(helper(['column_exists', 'x'], new Map())).rejects.toMatchObject({ kind: 'type' })
    await expect(call('delete_model_workflow', cr, 'x')).rejects.toMatchObject({ kind: 'helper' })
    await expect(call('rename_models', cr, 'x')).rejects.toMatchObject({ kind: 'type' })
  })
})

it('lists every name, among them those that OpenUpgrade 15 to 16 calls', async () => {
  await onBench(cluster(), async ({ context }) => {
    const { 'helper.names': names } = helperOperations(context) as {
      'helper.names': GuestOperation
    }
    const answer = await names([], new Map())
    expect(answer).toMatchObject({
      value: expect.arrayContaining([
        'add_fields',
        'clean_transient_models',
        'column_exists',
        'convert_to_company_dependent',
        'copy_columns',
        'delete_record_translations',
        'delete_records_safely_by_xml_id',
        'delete_sql_constraint_safely',
        'disable_invalid_filters',
        'get_legacy_name',
        'get_model2table',
        'is_module_installed',
        'load_data',
        'map_values',
        'openupgrade_160._convert_field_bootstrap_4to5_sql',
        'openupgrade_160.fill_analytic_distribution',
        'remove_tables_fks',
        'rename_columns',
        'rename_fields',
        'rename_models',
        'rename_tables',
        'rename_xmlids',
        'set_xml_ids_noupdate_value',
        'table_exists',
        'update_module_names',
      ]),
    })
  })
})
