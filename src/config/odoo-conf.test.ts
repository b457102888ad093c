import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readEnvironment } from './environment.js'
import { findOdooConf } from './find-odoo-conf.js'
import { testFolder } from './fixtures/test-folder.js'
import { confFlag, confText, readOdooConf } from './odoo-conf.js'
import { readOpenUpgradeStanza } from './openupgrade-stanza.js'
import { readOpenUpgradeVariables } from './openupgrade-variables.js'

const folder = await testFolder()
afterAll(() => folder.remove())

describe('an odoo.conf', () => {
  test('scenario 66: booleans, numbers, unknown keys and other sections', async () => {
    const file = await folder.write(
      '66.conf',
      `[options]
db_port = 5433
db_host = False
list_db = False
proxy_mode = true
unknown_key = kept
xmlrpc_port = 8070
db_password = 1234
admin_passwd = None
transient_age_limit = 1.5
update = all
init = base
[openupgrade]
autoinstall = {'a': ['b']}
flag = True
[queue_job]
channels = root:2
`,
    )
    const conf = await readOdooConf(file)
    expect(Object.fromEntries(conf.options)).toEqual({
      db_port: 5433,
      db_host: false,
      list_db: false,
      proxy_mode: true,
      unknown_key: 'kept',
      http_port: 8070,
      db_password: '1234',
      admin_passwd: 'None',
      transient_age_limit: 1.5,
    })
    expect(conf.sections.get('openupgrade')?.get('flag')).toBe(true)
    expect(conf.sections.get('queue_job')?.get('channels')).toBe('root:2')
    expect(confText(conf, 'db_port')).toBe('5433')
    expect(confText(conf, 'db_host')).toBeUndefined()
    expect(confText(conf, 'admin_passwd')).toBeUndefined()
    expect(confFlag(conf, 'proxy_mode')).toBe(true)
    expect(confFlag(conf, 'list_db')).toBe(false)
  })

  test('a number that is none is refused', async () => {
    const file = await folder.write('bad.conf', '[options]\nworkers = many\n')
    await expect(readOdooConf(file)).rejects.toMatchObject({
      code: 'CONFIG_VALUE_INVALID',
      place: { file, object: 'workers' },
    })
  })
})

test('the file is searched where odoo-bin searches it', async () => {
  const rc = await folder.write('rc.conf', '')
  const old = await folder.write('old.conf', '')
  const home = join(folder.path, 'home')
  const find = (variables: Record<string, string>, given?: string) =>
    findOdooConf(given, readEnvironment({ HOME: home, ...variables }))
  expect(find({})).toBeUndefined()
  const legacy = await folder.write('home/.openerp_serverrc', '')
  expect(find({})).toEqual({ file: legacy, isGiven: false })
  const both = { ODOO_RC: rc, OPENERP_SERVER: old }
  expect(find(both)?.file).toBe(rc)
  expect(find({ OPENERP_SERVER: old })?.file).toBe(old)
  expect(find({ ODOO_RC: join(folder.path, 'absent.conf') })).toBeUndefined()
  expect(find(both, '~/x.conf')).toEqual({ file: join(home, 'x.conf'), isGiven: true })
  await folder.write('home/.odoorc', '')
  expect(() => find({})).toThrowError(expect.objectContaining({ code: 'CONFIG_AMBIGUOUS' }))
})

describe("OpenUpgrade's section", () => {
  const read = async (text: string, series = '16.0') => {
    const conf = await readOdooConf(await folder.write('ou.conf', `[openupgrade]\n${text}\n`))
    const { autoinstall, forceDeps } = readOpenUpgradeStanza(conf, series)
    return [Object.fromEntries(autoinstall), Object.fromEntries(forceDeps)]
  }

  test('the key of the release goes first; both spellings are read; values may have many lines', async () => {
    const text = `autoinstall = {'a': ['b']}
autoinstall_16.0 = {
    'a': ('c', 'd'),  # of 16
    }
forced_deps = {'x': ['y']}`
    expect(await read(text)).toEqual([{ a: ['c', 'd'] }, { x: ['y'] }])
    expect(await read(text, '15.0')).toEqual([{ a: ['b'] }, { x: ['y'] }])
    expect(await read("force_deps = {'x': []}\nforced_deps = {'x': ['y']}")).toEqual([
      {},
      { x: [] },
    ])
    expect(await read('')).toEqual([{}, {}])
  })

  test.each(["['a']", "{'a': 'b'}", "{'a': [1]}", '{1: []}', 'dict()', "{'a': "])(
    '%s is refused',
    async (value) => {
      await expect(read(`autoinstall = ${value}`)).rejects.toMatchObject({
        code: 'OPENUPGRADE_STANZA_INVALID',
        place: { object: 'autoinstall' },
      })
    },
  )
})

describe("OpenUpgrade's variables", () => {
  const read = (variables: Record<string, string>) =>
    readOpenUpgradeVariables(readEnvironment(variables))

  test('are read', () => {
    expect(read({})).toEqual({
      targetVersion: undefined,
      useDemo: false,
      renamedModules: {},
      mergedModules: {},
    })
    expect(
      read({
        OPENUPGRADE_TARGET_VERSION: '18.0',
        OPENUPGRADE_USE_DEMO: 'yes',
        OPENUPGRADE_RENAMED_MODULES: '{"a": "b"}',
        OPENUPGRADE_MERGED_MODULES: '{"c": "d"}',
      }),
    ).toEqual({
      targetVersion: '18.0',
      useDemo: true,
      renamedModules: { a: 'b' },
      mergedModules: { c: 'd' },
    })
    expect(read({ OPENUPGRADE_USE_DEMO: 'Yes' }).useDemo).toBe(false)
  })

  test.each(["{'a': 'b'}", '["a"]', '{"a": 1}', 'null'])('%s is refused', (text) => {
    expect(() => read({ OPENUPGRADE_RENAMED_MODULES: text })).toThrowError(
      expect.objectContaining({ code: 'OPENUPGRADE_VARIABLE_INVALID' }),
    )
  })
})
