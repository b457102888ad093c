import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Findings } from '../../base/index.js'
import { readPythonAssignments } from './python-assignments.js'

function read(text: string) {
  const findings = new Findings()
  const values = readPythonAssignments(text, 'apriori.py', findings)
  const found = findings.list().map(({ place, severity }) => [place?.line, severity])
  return { values: Object.fromEntries(values), found }
}

test('assignments of literals are read, and nothing else', () => {
  const text = `""" Known changes
"""
import os

# Renamed
renamed_modules = {
    "coupon": "loyalty",
    "account_statement_import_file_reconciliation_widget": (
        "account_statement_import_file_reconcile_oca"
    ),
}
merged_modules: dict = {"a": "b"}; first = second = 1
renamed_modules.update({"x": "y"})
computed = os.environ.get("X")
if True:
    inner = 1
pass
`
  expect(read(text)).toEqual({
    values: {
      renamed_modules: new Map([
        ['coupon', 'loyalty'],
        [
          'account_statement_import_file_reconciliation_widget',
          'account_statement_import_file_reconcile_oca',
        ],
      ]),
      merged_modules: new Map([['a', 'b']]),
      first: 1,
      second: 1,
    },
    found: [
      [3, 'info'],
      [13, 'warning'],
      [14, 'warning'],
      [15, 'warning'],
    ],
  })
})

test('a name that gets a computed value later has none', () => {
  expect(read('a = 1\na = b\n')).toEqual({ values: {}, found: [[2, 'warning']] })
})

test('the line of a finding is that of what is no literal', () => {
  expect(read('a = {\n  1: 2,\n  3: f(),\n}\n').found).toEqual([[3, 'warning']])
})

const openupgrade = process.env.MOULT_TEST_OPENUPGRADE16 ?? ''
const apriori = join(openupgrade, 'openupgrade_scripts/apriori.py')
test.skipIf(openupgrade === '' || !existsSync(apriori))(
  "OpenUpgrade's apriori.py is read as a whole (MOULT_TEST_OPENUPGRADE16)",
  () => {
    const findings = new Findings()
    const values = readPythonAssignments(readFileSync(apriori, 'utf8'), apriori, findings)
    expect(findings.list()).toEqual([])
    expect([...values.keys()].toSorted()).toEqual([
      'merged_models',
      'merged_modules',
      'renamed_models',
      'renamed_modules',
    ])
    expect(values.get('renamed_modules')).toBeInstanceOf(Map)
  },
)
