import { describe, expect, test } from 'vitest'
import { readScriptVersion } from './script-version.js'

const on = (major: number) => ({ series: `${major}.0`, major, minor: 0 })

const ACCEPTED = [
  ...['1.0', '1.0.0', '0.0.0', '0.0', '01.02', '17.0', '17.0.1', '17.0.1.0', '17.0.1.0.0'],
  ...['9.0.1.0', '6.1.1.0', '100.0.1.0', '10.saas~18.1.0', 'saas~17.4.1.0', '1.0\n'],
]
const REJECTED = [
  ...['1', '1.0.0.0', '17.0.1.0.0.0', '5.0.1.0', '17.1.1.0', '12.5.1.0', '11.saas~1.1.0'],
  ...['saas~10.1.1.0', 'saas~17.1', 'saas~17.10.1.0', 'saas-17.1.1.0', '17.0.1.0-a', 'v1.1'],
  ...['foo', '', '1.0\n\n', '١.٠'],
]

describe('folders of migration scripts', () => {
  test.each(ACCEPTED)('scenario 9: %j is a version on 17 and 18', (name) => {
    for (const major of [17, 18]) expect(readScriptVersion(name, on(major)).kind).toBe('version')
  })

  test.each(REJECTED)('scenario 9: %j is none on 17 and 18', (name) => {
    for (const major of [17, 18]) expect(readScriptVersion(name, on(major)).kind).toBe('invalid')
  })

  test('tests are passed over from 17 on, and a version like any other before', () => {
    expect(readScriptVersion('tests', on(17))).toEqual({ kind: 'ignored' })
    expect(readScriptVersion('tests', on(16))).toEqual({
      kind: 'version',
      full: '16.0.tests',
      majorLess: true,
    })
  })

  test.each([
    [14, '1.1', '14.0.1.1', false],
    [15, '1.1', '15.0.1.1', true],
    [16, '1.0.1', '1.0.1', false],
    [17, '1.0.1', '17.0.1.0.1', true],
    [16, '17.0.1', '17.0.1', false],
    [17, '17.0.1', '17.0.17.0.1', true],
    [17, '17.0.1.0', '17.0.1.0', false],
    [14, '0.0.0', '0.0.0', false],
    [17, '0.0.0', '0.0.0', false],
    [16, 'v1.1', '16.0.v1.1', true],
  ])('on %i, %s stands for %s (major-less: %s)', (major, name, full, majorLess) => {
    expect(readScriptVersion(name, on(major))).toEqual({ kind: 'version', full, majorLess })
  })
})
