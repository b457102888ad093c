import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readEnvironment } from '../environment.js'
import { testFolder } from '../fixtures/test-folder.js'
import { loadProjectConfig } from './load-project-config.js'

const folder = await testFolder()
afterAll(() => folder.remove())
const at = (path: string) => join(folder.path, path)
const environment = readEnvironment({ HOME: '/home/me', MOULT_CACHE: at('cache') })
const load = (path: string) => loadProjectConfig(at(path), environment)
let folders = 0

async function loadJson(value: unknown) {
  folders += 1
  await folder.write(`json${folders}/moult.config.json`, JSON.stringify(value))
  return load(`json${folders}`)
}

describe("a project's configuration", () => {
  test('in TypeScript is found from folders below, with paths of its own folder', async () => {
    await folder.write(
      'ts/moult.config.ts',
      `import { defineConfig, type ProjectConfig } from 'moult'
enum Series { target = '16.0' }
const decisions: ProjectConfig['decisions'] = { missingModules: { old: 'keep', a: { replacedBy: 'b' } } }
export default defineConfig({
  source: 'acme',
  to: Series.target,
  releases: {
    '16.0': { addonsPath: ['odoo', '~/custom'], scripts: ['scripts'], loader: 'none' },
  },
  autoInstall: { policy: 'fresh', exclude: ['google_gmail'] },
  decisions,
  python: { interpreter: './python', openupgradelib: 'lib' },
  checkpoints: ['base'],
  limits: { scriptSeconds: 600, scriptMemory: 2048 },
})
`,
    )
    await folder.write('ts/below/deep/file', '')
    expect(await load('ts/below/deep')).toEqual({
      file: at('ts/moult.config.ts'),
      source: 'acme',
      to: '16.0',
      releases: new Map([
        [
          '16.0',
          {
            addonsPath: [at('ts/odoo'), '/home/me/custom'],
            upgradePath: undefined,
            scripts: [at('ts/scripts')],
            profile: undefined,
            loader: 'none',
          },
        ],
      ]),
      autoInstall: 'fresh',
      autoInstallExcept: ['google_gmail'],
      missingModules: { old: 'keep', a: { replacedBy: 'b' } },
      interpreter: at('ts/python'),
      openupgradelib: at('ts/lib'),
      checkpoints: ['base'],
      scriptSeconds: 600,
      scriptMemory: 2048,
    })
  })

  test('has defaults', async () => {
    expect(await loadJson({})).toMatchObject({
      to: undefined,
      autoInstall: undefined,
      autoInstallExcept: [],
      missingModules: {},
      interpreter: 'embedded',
      checkpoints: [],
    })
  })

  test('need not exist', async () => {
    await folder.write('none/file', '')
    expect(await load('none')).toBeUndefined()
  })

  test.each([
    [{ release: {} }, 'release is no key of the configuration; do you mean releases?'],
    [
      { releases: { '16.0': { addonPath: [] } } },
      'releases.16.0.addonPath is no key of the configuration; do you mean addonsPath?',
    ],
    [{ releases: { '16': {} } }, 'releases.16 must be a release: 14.0'],
    [{ to: '19.0' }, 'to: must be a release'],
    [{ autoInstall: 'all' }, 'autoInstall: '],
    [
      { autoInstall: { policy: 'fresh', excludes: [] } },
      'autoInstall.excludes is no key of the configuration; do you mean exclude?',
    ],
    [
      { decisions: { missingModules: { a: { replaceBy: 'b' } } } },
      'decisions.missingModules.a.replaceBy is no key of the configuration; do you mean replacedBy?',
    ],
    [{ zzz: 1 }, 'zzz is no key of the configuration; known are source, to, releases'],
    [{ limits: { scriptSeconds: -1 } }, 'limits.scriptSeconds: '],
    [[], 'the configuration: '],
  ])('%j is refused', async (value, text) => {
    await expect(loadJson(value)).rejects.toMatchObject({
      code: 'PROJECT_CONFIG_INVALID',
      message: expect.stringContaining(text),
    })
  })

  test.each([
    ['moult.config.json', '{', 'PROJECT_CONFIG_FAILED'],
    ['moult.config.ts', 'export default {', 'PROJECT_CONFIG_FAILED'],
    ['moult.config.ts', 'export const config = {}', 'PROJECT_CONFIG_FAILED'],
    ['moult.config.ts', 'throw new Error("no")', 'PROJECT_CONFIG_FAILED'],
  ])('%s with %j is refused', async (name, text, code) => {
    folders += 1
    const file = await folder.write(`broken${folders}/${name}`, text)
    await expect(load(`broken${folders}`)).rejects.toMatchObject({ code, place: { file } })
  })

  test('two in one folder are refused', async () => {
    await folder.write('two/moult.config.json', '{}')
    await folder.write('two/moult.config.ts', 'export default {}')
    await expect(load('two')).rejects.toMatchObject({ code: 'CONFIG_AMBIGUOUS' })
  })
})
