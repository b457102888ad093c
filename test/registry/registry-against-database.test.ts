import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Comparison, compareRegistry } from './compare-registry.js'

const DATA = resolve(import.meta.dirname, '../../../shared/data')

/** Tables and columns that Odoo makes by SQL of its own, beside its fields. */
const MADE_BY_SQL = {
  tables: ['auth_totp_device', 'res_users_apikeys'],
  columns: ['ir_module_module.web', 'res_partner.signup_token', 'res_users.password'].concat(
    'res_users.totp_secret',
  ),
  /** Made by SQL with another size than the field has; Odoo never narrows a column. */
  sizes: ['ir_module_module.state', 'ir_module_module.license', 'res_currency.name'],
}

/** What real servers wrote, counted in the backups. */
const CASES = [
  {
    name: 'Odoo 16, 86 modules (MOULT_TEST_ODOO16, ../shared)',
    tree: process.env.MOULT_TEST_ODOO16 ?? '',
    archive: resolve(DATA, 'odoo-16.0-fresh.zip'),
    counts: {
      ...{ models: 480, fields: 9632, cells: 173_376, selections: 1787, indexes: 351 },
      ...{ modelIds: 871, fieldIds: 9718, selectionIds: 1793, constraintIds: 130 },
      ...{ constraints: 130, relations: 162 },
    },
    columns: { wanted: 5598, equal: 5577 },
    foreignKeys: {
      wanted: 2054,
      missing: ['auth_totp_device.user_id', 'res_users_apikeys.user_id'],
    },
  },
  {
    name: 'Odoo 15, 72 modules (MOULT_TEST_ODOO15, ../shared)',
    tree: process.env.MOULT_TEST_ODOO15 ?? '',
    archive: resolve(DATA, 'odoo-15.0-demo.zip'),
    counts: {
      ...{ models: 469, fields: 9272, cells: 166_896, selections: 1653, indexes: 396 },
      ...{ modelIds: 823, fieldIds: 9337, selectionIds: 1659, constraintIds: 120 },
      ...{ constraints: 120, relations: 163 },
    },
    columns: { wanted: 5448, equal: 5427 },
    foreignKeys: {
      wanted: 2021,
      // The key of ir_translation.lang is one of its _sql_constraints.
      missing: ['auth_totp_device.user_id', 'ir_translation.lang', 'res_users_apikeys.user_id'],
    },
  },
]

describe.each(CASES)('the registry of $name', ({ tree, archive, counts, ...expected }) => {
  const isMissing = !existsSync(resolve(tree, 'odoo/release.py')) || !existsSync(archive)
  let comparison: Comparison

  beforeAll(async () => {
    if (!isMissing) comparison = await compareRegistry(archive, tree)
  })

  test.skipIf(isMissing).each(Object.entries(counts))('%s: all %i equal', (name, count) => {
    const { wanted, equal, missing, extra } = comparison.scores[name] ?? {}
    expect({ wanted, equal, missing, extra }).toEqual({
      ...{ wanted: count, equal: count },
      ...{ missing: [], extra: [] },
    })
  })

  test.skipIf(isMissing)('columns, types and NOT NULL: all but what SQL made', () => {
    const { wanted, equal, missing, extra } = comparison.scores.columns ?? {}
    expect({ wanted, equal, extra }).toEqual({ ...expected.columns, extra: [] })
    const unexplained = missing?.filter((line) => {
      const [column = ''] = line.split(': ')
      const [table = ''] = column.split('.')
      const { tables, columns, sizes } = MADE_BY_SQL
      return !tables.includes(table) && ![...columns, ...sizes].includes(column)
    })
    expect(unexplained).toEqual([])
  })

  test.skipIf(isMissing)('foreign keys with their targets and rules: all but what SQL made', () => {
    const { wanted, missing, extra } = comparison.scores.foreignKeys ?? {}
    expect({ wanted, missing: missing?.toSorted(), extra }).toEqual({
      ...expected.foreignKeys,
      extra: [],
    })
  })

  test.skipIf(isMissing)('nothing in these modules is left to findings', () => {
    const { source, findings } = comparison
    expect([...source.findings, ...findings.list()]).toEqual([])
  })
})
