import { afterAll, describe, expect, test } from 'vitest'
import { Findings } from '../../base/index.js'
import { release, testFolder } from './fixtures/folders.js'
import { readManifest } from './read-manifest.js'

const folder = await testFolder()
afterAll(() => folder.remove())

const ALL = ['14.0', '15.0', '16.0', '17.0', '18.0']
const FROM_15 = ALL.slice(1)
let modules = 0

async function read(content: string | Uint8Array, series = '16.0', files: readonly string[] = []) {
  modules += 1
  const name = `m${modules}`
  await folder.write(`${name}/__manifest__.py`, content)
  for (const file of files) await folder.write(`${name}/${file}`, `content of ${file}`)
  const findings = new Findings()
  const manifest = await readManifest(`${folder.path}/${name}`, release(series), findings)
  if (manifest === undefined) throw new Error('there is a manifest')
  return { manifest, codes: findings.list().map(({ code }) => code), name }
}

const L = "'license': 'LGPL-3'"

describe('versions', () => {
  test('scenario 5: a version of another series is an error on 17, unless the module is not installable', async () => {
    await expect(read(`{'version': '16.0.1.0.0', ${L}}`, '17.0')).rejects.toMatchObject({
      code: 'MANIFEST_VERSION_INVALID',
      message: expect.stringMatching(/^Module m\d+ /),
    })
    const { manifest } = await read(`{'version': '16.0.1.0.0', 'installable': False, ${L}}`, '17.0')
    expect(manifest).toMatchObject({ version: '16.0.1.0.0', installable: false })
  })

  test.each(ALL)('scenario 8: a version that is a number is an error on %s', async (series) => {
    for (const installable of ['True', 'False']) {
      await expect(
        read(`{'version': 1.0, 'installable': ${installable}}`, series),
      ).rejects.toMatchObject({
        code: 'MODULE_MANIFEST_INVALID',
        data: { python: 'AttributeError' },
      })
    }
  })

  test('no version is 1.0; one of another series is told up to 16', async () => {
    expect((await read(`{${L}}`)).manifest.version).toBe('16.0.1.0')
    const { manifest, codes } = await read(`{'version': '15.0.1.0.0', ${L}}`)
    expect([manifest.version, manifest.writtenVersion]).toEqual(['16.0.15.0.1.0.0', '15.0.1.0.0'])
    expect(codes).toEqual(['MANIFEST_OTHER_SERIES'])
  })
})

describe.each(FROM_15)('automatic installation on %s', (series) => {
  test.each([
    ['True', ['a', 'b'], true],
    ["['b']", ['b'], true],
    ["('b',)", ['b'], true],
    ["{'a'}", ['a'], true],
    ['[]', [], true],
    ['1', ['a', 'b'], true],
    ["'ab'", ['a', 'b'], true],
    ['None', false, true],
    ['0', false, true],
    ['False', false, false],
  ])('scenario 10: %s', async (value, triggers, column) => {
    const text = `{'depends': ['a', 'b'], 'auto_install': ${value}, ${L}}`
    const { manifest } = await read(text, series)
    const { autoInstall, autoInstallColumn } = manifest
    expect(autoInstall === false ? false : [...autoInstall]).toEqual(triggers)
    expect(autoInstallColumn).toBe(column)
  })

  test('scenario 10: a trigger that is no dependency is an error', async () => {
    const text = `{'depends': ['a', 'b'], 'auto_install': ['c'], ${L}}`
    await expect(read(text, series)).rejects.toMatchObject({
      code: 'MODULE_MANIFEST_INVALID',
      message: expect.stringContaining('found non-dependencies [c]'),
      data: { python: 'AssertionError' },
    })
  })

  test('scenario 11: active alone does not install', async () => {
    const { manifest } = await read(`{'depends': ['a'], 'active': True, ${L}}`, series)
    expect(manifest).toMatchObject({ autoInstall: false, autoInstallColumn: false })
  })
})

test('on 14 auto_install None is stored as false', async () => {
  const { manifest } = await read(`{'auto_install': None, ${L}}`, '14.0')
  expect(manifest.autoInstallColumn).toBe(false)
})

describe('scenario 12: what a manifest may look like', () => {
  test.each([
    [
      'comments, coding line, CRLF, blank lines',
      `# c\r\n# -*- coding: utf-8 -*-\r\n\r\n{'name': 'n'}\r\n`,
    ],
    ['duplicate keys, the last wins', `{'name': 'x', 'name': 'n'}`],
    ['literals side by side', `{'name': '' 'n'}`],
    [
      'negative numbers, tuples, sets, constants',
      `{'name': 'n', 'a': -1, 'b': (1, {2}, None, True, False)}`,
    ],
    ['pairs instead of a dict', `[('name', 'n')]`],
  ])('%s', async (_, text) => {
    expect((await read(text)).manifest.name).toBe('n')
  })

  test.each([
    ['an operator', `{'name': 'a' + 'b'}`, 'ValueError'],
    ['formatting', `{'name': '%s' % x}`, 'ValueError'],
    ['an f-string', `{'name': f'a'}`, 'ValueError'],
    ['a name', `{'name': x}`, 'ValueError'],
    ['a call', `dict(name='n')`, 'ValueError'],
    ['an indented beginning', `\n  {'name': 'n'}`, 'IndentationError'],
    ['an assignment', `m = {'name': 'n'}`, 'SyntaxError'],
    ['a docstring first', `'''doc'''\n{'name': 'n'}`, 'SyntaxError'],
    ['a byte order mark', `\ufeff{'name': 'n'}`, 'SyntaxError'],
    ['nothing', '', 'SyntaxError'],
    ['a number', '1', 'TypeError'],
    ['a tuple with a dict of three keys', `{'name': 'n', 'a': 1, 'b': 2},`, 'ValueError'],
  ])('%s is refused', async (_, text, python) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'MODULE_MANIFEST_INVALID',
      data: { python },
    })
  })

  test('latin-1 is refused', async () => {
    const bytes = Uint8Array.from(Buffer.from(`{'name': 'é'}`, 'latin1'))
    await expect(read(bytes)).rejects.toMatchObject({ data: { python: 'UnicodeDecodeError' } })
  })

  test('a comma behind the dict makes nonsense without an error', async () => {
    const { manifest } = await read(`{'name': 'n', 'version': '2.0'},`)
    expect(manifest.name).toBe('version')
  })

  test('no manifest is no module; the newer file name goes first', async () => {
    const findings = new Findings()
    expect(await readManifest(`${folder.path}/none`, release('16.0'), findings)).toBeUndefined()
    await folder.write('old/__openerp__.py', `{'name': 'old', ${L}}`)
    const old = await readManifest(`${folder.path}/old`, release('17.0'), findings)
    expect(old?.name).toBe('old')
    expect(findings.list().map(({ code }) => code)).toEqual(['MANIFEST_OLD_NAME'])
    await folder.write('old/__manifest__.py', `{'name': 'new', ${L}}`)
    expect((await readManifest(`${folder.path}/old`, release('17.0'), findings))?.name).toBe('new')
  })
})

describe('data files', () => {
  const text = `{${L}, 'init_xml': ['i'], 'update_xml': ['u'], 'data': ['d', 'd'], 'demo_xml': ['x'], 'demo': ['y']}`

  test.each(['14.0', '15.0'])('scenario 13a: %s reads all keys', async (series) => {
    const { manifest, codes } = await read(text, series)
    expect(manifest.data).toEqual(['i', 'u', 'd', 'd'])
    expect(manifest.demo).toEqual(['x', 'y'])
    expect(codes).toEqual([])
  })

  test.each(['16.0', '17.0', '18.0'])('scenario 13a: %s reads data and demo', async (series) => {
    const { manifest, codes } = await read(text, series)
    expect(manifest.data).toEqual(['d', 'd'])
    expect(manifest.demo).toEqual(['y'])
    expect(codes).toEqual(['MANIFEST_KEYS_IGNORED', 'MANIFEST_REPEATED_DATA'])
  })
})

describe('defaults', () => {
  test.each(ALL)('scenario 13b: a missing licence is LGPL-3 on %s', async (series) => {
    const { manifest, codes, name } = await read("{'license': ''}", series)
    expect(manifest.license).toBe('LGPL-3')
    expect(codes).toEqual(series === '14.0' ? [] : ['MANIFEST_WITHOUT_LICENSE'])
    expect(manifest.icon).toBe('/base/static/description/icon.png')
    expect(name).toBe(manifest.module)
  })

  test('the description comes from the first README', async () => {
    const { manifest } = await read(`{${L}}`, '16.0', ['README.md', 'README.txt'])
    expect(manifest.description).toBe('content of README.md')
  })

  test('everything else has its place', async () => {
    const { manifest, name } = await read(
      `{'name': 'n', 'summary': 's', 'category': 'A/B', 'sequence': 5, 'application': True,
        'contributors': ['x', 'y'], 'live_test_url': 'u', 'excludes': ['z'], 'countries': ['be'],
        'external_dependencies': {'python': ['lxml'], 'bin': ['wkhtmltopdf'], 'apt': ['x']},
        'post_init_hook': 'after', 'strange': 1, ${L}}`,
      '18.0',
      ['static/description/icon.png'],
    )
    expect(manifest).toMatchObject({
      name: 'n',
      summary: 's',
      category: 'A/B',
      author: 'Odoo S.A.',
      sequence: 5,
      application: true,
      contributors: ['x', 'y'],
      url: 'u',
      excludes: ['z'],
      countries: ['be'],
      externalDependencies: { python: ['lxml'], bin: ['wkhtmltopdf'] },
      hooks: { postInit: 'after' },
      icon: `/${name}/static/description/icon.png`,
      installable: true,
    })
    expect(manifest.values.get('strange')).toBe(1)
  })

  test('a list of authors is kept as Python shows it', async () => {
    const { manifest } = await read(`{'author': ['Odoo S.A.', "O'Neil"], ${L}}`)
    expect(manifest?.author).toBe(`['Odoo S.A.', "O'Neil"]`)
  })

  test('depends must be something to iterate over', async () => {
    await expect(read(`{'depends': None, ${L}}`)).rejects.toMatchObject({
      data: { python: 'TypeError' },
    })
  })
})
