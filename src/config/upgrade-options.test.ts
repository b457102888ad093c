import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Findings } from '../base/index.js'
import { readEnvironment } from './environment.js'
import { testFolder } from './fixtures/test-folder.js'
import { loadProjectConfig } from './project/load-project-config.js'
import { resolveUpgradeOptions, type UpgradeOptions } from './upgrade-options.js'

const folder = await testFolder()
afterAll(() => folder.remove())
const at = (path: string) => join(folder.path, path)
const home = at('home')

beforeAll(async () => {
  await folder.write('scripts/sale/16.0.1.0/pre-a.py', '')
  await folder.write('addons/sale/__manifest__.py', '{}')
  await folder.write('oca/openupgrade_scripts/__manifest__.py', '{}')
  await folder.write('oca/openupgrade_scripts/scripts/sale/16.0.1.0/post-a.py', '')
})

interface Given {
  readonly variables?: Record<string, string>
  readonly series?: string
  readonly project?: string
}

async function resolve(given: UpgradeOptions, { variables, series, project }: Given = {}) {
  const findings = new Findings()
  const environment = readEnvironment({ HOME: home, ...variables })
  const loaded = project && (await loadProjectConfig(at(project), environment))
  const options = await resolveUpgradeOptions(given, {
    series: series ?? '16.0',
    environment,
    findings,
    ...(loaded && { project: loaded }),
  })
  return { options, findings: findings.list(), codes: findings.list().map(({ code }) => code) }
}

const conf = (name: string, text: string) => folder.write(`${name}.conf`, `[options]\n${text}\n`)

describe('modules to install and update', () => {
  test('scenario 62: names are not trimmed; what cannot be a name is ignored with a warning', async () => {
    const { options, findings } = await resolve({ update: 'a, b' })
    expect(options.update).toEqual(['a'])
    expect(findings).toMatchObject([
      { code: 'MODULE_NAME_IGNORED', severity: 'warning', data: { name: ' b' } },
    ])
  })

  test.each([
    ['x', true],
    ['all', true],
    ['False', true],
    ['', false],
    [undefined, false],
  ])('scenario 63: --without-demo=%s with -i a (no demo: %s)', async (withoutDemo, expected) => {
    const given = { init: 'a', ...(withoutDemo !== undefined && { withoutDemo }) }
    const { options } = await resolve(given)
    expect(options).toMatchObject({ init: ['a'], withoutDemo: expected })
  })

  test.each(['17.0', '18.0'])('scenario 64: -d x,y -u a is an error on %s', async (series) => {
    const refused = resolve({ database: 'x,y', update: 'a' }, { series })
    await expect(refused).rejects.toMatchObject({ code: 'SEVERAL_DATABASES' })
    const { options } = await resolve({ database: 'x,y' }, { series })
    expect(options.databases).toEqual(['x', 'y'])
  })

  test.each(['14.0', '15.0', '16.0'])('scenario 64: -d x,y -u a works on %s', async (series) => {
    const { options } = await resolve({ database: 'x,y', update: 'a' }, { series })
    expect(options.databases).toEqual(['x', 'y'])
  })

  test('scenario 65: --i18n-overwrite needs -u', async () => {
    for (const given of [{}, { init: 'a' }]) {
      await expect(resolve({ i18nOverwrite: true, ...given })).rejects.toMatchObject({
        code: 'OVERWRITE_WITHOUT_UPDATE',
        name: 'UsageError',
      })
    }
    const { options } = await resolve({ i18nOverwrite: true, update: 'all' })
    expect(options).toMatchObject({ overwriteTranslations: true, update: ['all'] })
  })

  test('scenario 66: init and update in the file have no effect', async () => {
    const config = await conf('s66', 'init = a\nupdate = all')
    expect((await resolve({ config })).options).toMatchObject({ init: [], update: [] })
  })

  test('scenario 67: the user postgres is warned of', async () => {
    const config = await conf('s67', 'db_user = postgres')
    expect((await resolve({ config })).codes).toEqual(['DB_USER_POSTGRES'])
    expect((await resolve({ config, dbUser: 'odoo' })).codes).toEqual([])
    const { codes } = await resolve({}, { variables: { PGUSER: 'postgres' } })
    expect(codes).toEqual(['DB_USER_POSTGRES'])
  })
})

describe('where options come from', () => {
  test('the command line goes before -c, that before the project, that before a file found', async () => {
    const config = await conf('c', `addons_path = ${at('c')}`)
    await folder.write('home/.odoorc', `[options]\naddons_path = ${at('rc')}\n`)
    const json = { releases: { '16.0': { addonsPath: ['mine'] } } }
    await folder.write('p/moult.config.json', JSON.stringify(json))
    const project = 'p'
    const paths = async (given: UpgradeOptions, more: Given = { project }) => {
      const { options } = await resolve(given, more)
      return [options.addonsPathFrom, options.addonsPath]
    }
    const both = { config, addonsPath: ` ~/own , ${at('b')},~/own` }
    expect(await paths(both)).toEqual(['command line', [at('home/own'), at('b')]])
    expect(await paths({ config })).toEqual(['odoo.conf', [at('c')]])
    expect(await paths({})).toEqual(['project', [at('p/mine')]])
    expect(await paths({}, {})).toEqual(['odoo.conf', [at('rc')]])
    expect(await paths({}, { variables: { HOME: at('empty') } })).toEqual(['nowhere', []])
  })

  test('paths of the file have ~ and variables replaced', async () => {
    const config = await conf(
      'paths',
      `addons_path = ~/a,$BASE/b, \${BASE}/c,$NO/d\ndata_dir = ~/data`,
    )
    const { options } = await resolve({ config }, { variables: { BASE: '/base' } })
    expect(options.addonsPath.slice(0, 3)).toEqual([at('home/a'), '/base/b', '/base/c'])
    expect(options.addonsPath[3]).toMatch(/\$NO\/d$/)
    expect(options.dataDir).toBe(at('home/data'))
  })
})

describe('scripts and profile', () => {
  test('the upgrade path of the command line is checked, that of the file is not', async () => {
    const upgradePath = `${at('scripts')},${at('nowhere')}`
    await expect(resolve({ upgradePath })).rejects.toMatchObject({
      code: 'UPGRADE_PATH_INVALID',
      message: expect.stringContaining('no such directory'),
    })
    const config = await conf('up', `upgrade_path = ${at('addons')}, ${at('nowhere')}`)
    const { options, codes } = await resolve({ config })
    expect(options).toMatchObject({ upgradePath: [at('addons')], upgradePathFrom: 'odoo.conf' })
    expect(codes).toEqual(['UPGRADE_FOLDER_MISSING'])
  })

  test('openupgrade_scripts on the addons path bring their scripts and the profile', async () => {
    const { options } = await resolve({ addonsPath: `${at('addons')},${at('oca')}` })
    expect(options).toMatchObject({
      upgradePath: [at('oca/openupgrade_scripts/scripts')],
      upgradePathFrom: 'found',
      profile: 'openupgrade',
    })
  })

  test.each([
    [undefined, ['base', 'web'], 'odoo'],
    ['', ['base', 'web'], 'odoo'],
    ['None', ['base', 'web'], 'odoo'],
    ['base, web,openupgrade_framework', ['base', 'web', 'openupgrade_framework'], 'openupgrade'],
  ])('--load=%s', async (load, modules, profile) => {
    const { options } = await resolve(load === undefined ? {} : { load })
    expect(options).toMatchObject({ serverWideModules: modules, profile })
  })

  test("the project's own scripts come behind, and its profile goes first", async () => {
    const json = { releases: { '16.0': { scripts: ['../scripts'], profile: 'odoo' } } }
    await folder.write('q/moult.config.json', JSON.stringify(json))
    const { options } = await resolve({ addonsPath: at('oca') }, { project: 'q' })
    expect(options.upgradePath).toEqual([at('oca/openupgrade_scripts/scripts'), at('scripts')])
    expect(options.profile).toBe('odoo')
  })
})
