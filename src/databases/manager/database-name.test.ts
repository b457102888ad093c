import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDatabaseName } from './database-name.js'

test.each(['acme', 'Acme_2.test-1', '42', 'x'.repeat(63)])('%s names a database', (name) => {
  expect(checkDatabaseName(name)).toBe(name)
})

test.each([
  '',
  'x',
  'x'.repeat(64),
  '-x',
  '.hidden',
  'a/b',
  'a b',
  'a"b',
  "a'b",
  'a\nb',
  'a\0b',
  '..',
  'a..b',
  'été',
  'template0',
  'postgres',
  'moult_tmp_1',
])('%j does not', (name) => {
  expect(() => checkDatabaseName(name)).toThrowError(
    expect.objectContaining({ code: 'DATABASE_NAME_INVALID' }),
  )
})

test('whatever passes is a plain file name', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      try {
        checkDatabaseName(name)
      } catch {
        return true
      }
      return /^[a-zA-Z0-9][\w.-]*$/.test(name) && !name.includes('..')
    }),
  )
})
