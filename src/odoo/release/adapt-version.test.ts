import { describe, expect, test } from 'vitest'
import { adaptVersion } from './adapt-version.js'
import { parseRelease, type Release } from './release.js'

const release = (series: string): Release => {
  const found = parseRelease(series)
  if (found === undefined) throw new Error(series)
  return found
}
const S = '«series»'
const ERROR = 'error'

/** What a manifest says, what it becomes up to 16, and from 17 on (engine specification §1.2). */
const CASES = [
  ['1.0', `${S}.1.0`, `${S}.1.0`],
  ['1.0.0', `${S}.1.0.0`, `${S}.1.0.0`],
  ['1', `${S}.1`, ERROR],
  ['0.0.0', `${S}.0.0.0`, `${S}.0.0.0`],
  [S, `${S}.${S}`, `${S}.${S}`],
  [`${S}.1`, `${S}.1`, ERROR],
  [`${S}.1.0`, `${S}.1.0`, `${S}.1.0`],
  [`${S}.1.0.0`, `${S}.1.0.0`, `${S}.1.0.0`],
  [`${S}.1.0.0.0`, `${S}.1.0.0.0`, ERROR],
  ['1.0.0.0', `${S}.1.0.0.0`, ERROR],
  ['13.0.1.0', `${S}.13.0.1.0`, ERROR],
  ['saas~16.2.1.0', `${S}.saas~16.2.1.0`, ERROR],
  ['1.0a', `${S}.1.0a`, ERROR],
  ['1.0-1', `${S}.1.0-1`, ERROR],
  [' 1.0', `${S}. 1.0`, ERROR],
  ['', `${S}.`, ERROR],
  ['1.0\n', `${S}.1.0\n`, `${S}.1.0\n`],
] as const

describe.each(['14.0', '15.0', '16.0', '17.0', '18.0'])("a manifest's version on %s", (series) => {
  test.each(CASES)('%j', (given, upTo16, from17) => {
    const adapt = () => adaptVersion(given.replaceAll(S, series), release(series), { module: 'm' })
    const expected = Number.parseInt(series, 10) <= 16 ? upTo16 : from17
    if (expected !== ERROR) expect(adapt().version).toBe(expected.replaceAll(S, series))
    else
      expect(adapt).toThrowError(
        expect.objectContaining({
          code: 'MANIFEST_VERSION_INVALID',
          message: expect.stringContaining('Module m'),
        }),
      )
  })
})

test('scenario 4: version 1 is 16.0.1 on 16 and refused on 17', () => {
  expect(adaptVersion('1', release('16.0'))).toEqual({ version: '16.0.1', tail: '1' })
  expect(() => adaptVersion('1', release('17.0'))).toThrowError(
    expect.objectContaining({ code: 'MANIFEST_VERSION_INVALID' }),
  )
})

test('scenario 6: version 17.0 is 17.0.17.0 on 17', () => {
  expect(adaptVersion('17.0', release('17.0'))).toEqual({ version: '17.0.17.0', tail: '17.0' })
})

test('scenario 7: version saas~16.2.1.0 is 15.0.saas~16.2.1.0 on 15', () => {
  expect(adaptVersion('saas~16.2.1.0', release('15.0')).version).toBe('15.0.saas~16.2.1.0')
})

test('releases that moult does not know are refused', () => {
  expect(() => adaptVersion('1.0', release('19.0'))).toThrowError(
    expect.objectContaining({ code: 'RELEASE_UNSUPPORTED' }),
  )
})
