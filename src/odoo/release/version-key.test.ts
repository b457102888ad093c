import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareCodePoints, compareVersions, versionKey } from './version-key.js'

/** Ascending; what stands in one list has the same key (engine specification §1.4). */
const ORDERED: readonly (readonly (string | null)[])[] = [
  ['0', '0.0', '0.0.0', '0.0.0.0'],
  ['master'],
  ['x'],
  ['', null, '0.1'],
  ['1.0RC1'],
  ['1', '1.0', '1.0.0'],
  ['1.0_1'],
  ['1.0.1'],
  ['1.2'],
  ['1.10'],
  ['5.0.0a'],
  ['5.0.0-alpha'],
  ['5.0.0-rc1', '5.0.0pre1', '5.0.0preview1'],
  ['5.0.0-rc1.1'],
  ['5.0.0_rc2'],
  ['5.0.0_rc3', '5.0.0-0_rc3'],
  ['5.0.0'],
  ['5.0.0-1dev'],
  ['5.0.0-1'],
  ['7.0.1.0'],
  ['7.saas~3.1.0'],
  ['8.0.1.0'],
  ['10.0.1.0'],
  ['10.saas~14.1.0'],
  ['11.0.1.0'],
  ['saas~11.1.1.0'],
  ['12.0.1.0'],
  ['15.0.1.0'],
  ['15.0.1.3', '15.0.1.3.0'],
  ['15.0.1.3.1'],
  ['15.0.1.10'],
  ['saas~15.2.1.0'],
  ['16.0'],
  ['16.0.0.0.1'],
  ['16.0.1', '16.0.1.0', '16.0.1.0.0'],
  ['16.0.1.0.1'],
  ['16.0.2.0'],
  ['saas~16.1.1.0'],
  ['saas~16.2.1.0'],
  ['17.0+e'],
  ['17.0dev', '17.0-dev'],
  ['17.0a1'],
  ['17.0alpha1'],
  ['17.0b1'],
  ['17.0beta1'],
  ['17.0rc1', '17.0c1'],
  ['17.0e'],
  ['17.0'],
  ['17.0final'],
  ['17.0-1dev'],
  ['17.0-1'],
  ['17.0-20240101'],
  ['17.0.post1'],
  ['17.0.1', '17.0.1.0'],
  ['saas~17.1.1.0'],
  ['18.0'],
  ['18.0.1.0'],
  ['saas~18.1'],
]

describe('versions are ordered as Odoo orders them', () => {
  test('scenario 1: every pair of the specification', () => {
    const flat = ORDERED.flatMap((equal, rank) => equal.map((version) => ({ version, rank })))
    for (const a of flat) {
      for (const b of flat) {
        const order = Math.sign(compareVersions(a.version, b.version))
        expect([a.version, b.version, order]).toEqual([
          a.version,
          b.version,
          Math.sign(a.rank - b.rank),
        ])
      }
    }
  })

  test('scenario 2: null, the empty text and 0.1 are equal, and greater than 0.0.0', () => {
    expect(versionKey(null)).toEqual(versionKey('0.1'))
    expect(versionKey('')).toEqual(versionKey('0.1'))
    expect(versionKey(undefined)).toEqual(versionKey('0.1'))
    for (const version of [null, '', '0.1']) {
      expect(compareVersions(version, '0.0.0')).toBeGreaterThan(0)
    }
  })

  test('scenario 3: numbers of more than eight digits are compared as texts', () => {
    expect(compareVersions('1.100000000', '1.99999999')).toBeLessThan(0)
  })

  test('keys end with a mark, and trailing zeros vanish', () => {
    expect(versionKey('17.0.1.0')).toEqual(['00000017', '00000000', '00000001', '*final'])
    expect(versionKey('17.0')).toEqual(['00000017', '*final'])
  })

  const version = fc.string({
    unit: fc.constantFrom('0', '1', '9', '17', '.', '-', '_', '~', 'a', 'rc', 'dev', 'saas', '+'),
    maxLength: 12,
  })

  test('the order is total: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
        }
      }),
    )
  })

  // The place of Odoo's sources is the reader's own; without them there is nothing to compare with.
  const odoo = process.env.MOULT_TEST_ODOO16 ?? ''
  test.skipIf(
    !existsSync(`${odoo}/odoo/tools/parse_version.py`) || !existsSync('/usr/bin/python3'),
  )('keys equal those of Odoo itself (MOULT_TEST_ODOO16)', () => {
    const samples = fc.sample(version, 500)
    const program = `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location('pv', sys.argv[1])
pv = importlib.util.module_from_spec(spec); spec.loader.exec_module(pv)
json.dump([pv.parse_version(v) for v in json.load(sys.stdin)], sys.stdout)`
    const out = execFileSync(
      '/usr/bin/python3',
      ['-c', program, `${odoo}/odoo/tools/parse_version.py`],
      { input: JSON.stringify(samples) },
    )
    expect(samples.map(versionKey)).toEqual(JSON.parse(out.toString()))
  })
})

test('texts are ordered by code point, as in Python', () => {
  const texts = ['a', 'B', '\uffff', '\u{1f600}', '', 'ab', '\ue000']
  expect(texts.toSorted(compareCodePoints)).toEqual([
    '',
    'B',
    'a',
    'ab',
    '\ue000',
    '\uffff',
    '\u{1f600}',
  ])
})
