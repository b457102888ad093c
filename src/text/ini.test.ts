import { describe, expect, test } from 'vitest'
import { readIni } from './ini.js'

const read = (text: string) =>
  Object.fromEntries(
    [...readIni(text, 'odoo.conf')].map(([name, keys]) => [name, Object.fromEntries(keys)]),
  )

describe('an odoo.conf', () => {
  test('is read as RawConfigParser reads it', () => {
    const text = `; generated
[options]
DB_Host = localhost
db_password = a;b%c#d
addons_path = /opt/one,
    /opt/two
# comment
data_dir: /srv/odoo

[openupgrade]
autoinstall = {"account": ["x"]}
`
    expect(read(text)).toEqual({
      options: {
        db_host: 'localhost',
        db_password: 'a;b%c#d',
        addons_path: '/opt/one,\n/opt/two',
        data_dir: '/srv/odoo',
      },
      openupgrade: { autoinstall: '{"account": ["x"]}' },
    })
  })

  test.each([
    ['db_host = x', 1],
    ['[options]\nnonsense', 2],
    ['[options]\na = 1\na = 2', 3],
    ['[options]\n[options]', 2],
  ])('%j is refused with its line', (text, line) => {
    expect(() => readIni(text, 'odoo.conf')).toThrowError(
      expect.objectContaining({ code: 'INI_INVALID', place: { file: 'odoo.conf', line } }),
    )
  })
})
