import { pbkdf2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashPassword } from './passwords.js'

test('a password is stored so that it can be verified, and not as it is', async () => {
  const [empty, kind, rounds = '', salt = '', hash = ''] = (await hashPassword('admin')).split('$')
  expect([empty, kind, rounds]).toEqual(['', 'pbkdf2-sha512', '600000'])
  const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('.', '+'), 'base64')
  expect(bytes(salt)).toHaveLength(16)
  expect(bytes(hash)).toEqual(pbkdf2Sync('admin', bytes(salt), Number(rounds), 64, 'sha512'))
})

test('equal passwords do not look equal', async () => {
  expect(await hashPassword('admin')).not.toBe(await hashPassword('admin'))
})
