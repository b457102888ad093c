import { expect, test } from 'vitest'
import { parseRelease, versionInfo } from './release.js'

test.each([
  ['15.0', '15.0'],
  ['16.0-20240621', '16.0'],
  ['16.0+e-20240621', '16.0'],
  ['15.0.1.3', '15.0'],
  ['saas~16.3+e', 'saas~16.3'],
  ['saas~16.3.1.0', 'saas~16.3'],
])('%s is of release %s', (version, series) => {
  expect(parseRelease(version)?.series).toBe(series)
})

test.each(['', 'master', '1'])('"%s" names no release', (version) => {
  expect(parseRelease(version)).toBeUndefined()
})

test('version_info is what Odoo writes into a manifest', () => {
  expect(versionInfo({ series: '15.0', major: 15, minor: 0 })).toEqual([15, 0, 0, 'final', 0, ''])
  expect(versionInfo({ series: 'saas~16.3', major: 16, minor: 3 })[0]).toBe('saas~16')
})
