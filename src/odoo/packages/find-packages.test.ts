import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../../test/support/temporary-folder.js'
import { type FindPackagesOptions, findPackages } from './find-packages.js'
import type { FoundPackage } from './found-packages.js'
import { packageNeeds } from './package-needs.js'
import { parseRequirements } from './read-requirements.js'

const RELEASE = { series: '16.0', major: 16, minor: 0 }
let folder: TemporaryFolder

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

async function files(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(folder.path, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, '')
  }
}

const at = (name: string): string => join(folder.path, name)

function find(more: Partial<FindPackagesOptions> = {}) {
  const environment = { cache: at('cache'), variables: {} }
  return findPackages({ release: RELEASE, environment, ...more })
}

async function findOne(
  name: string,
  more: Partial<FindPackagesOptions>,
): Promise<FoundPackage | undefined> {
  return (await find(more)).packages.find((found) => found.name === name)
}

describe('a package in a folder', () => {
  it.each([
    { name: 'decorator', files: ['decorator.py'], kind: 'pure' },
    { name: 'babel', files: ['babel/__init__.py', 'babel/locale-data/de.dat'], kind: 'pure' },
    {
      name: 'markupsafe',
      files: ['markupsafe/__init__.py', 'markupsafe/_speedups.cpython-311-x86_64-linux-gnu.so'],
      kind: 'pure',
    },
    {
      name: 'lxml',
      files: ['lxml/__init__.py', 'lxml/html/__init__.py', 'lxml/etree.cpython-311-darwin.so'],
      kind: 'compiled',
    },
    { name: 'sass', files: ['sass.py', '_sass.abi3.so'], kind: 'compiled' },
    { name: 'ldap', files: ['ldap/__init__.py', '_ldap.cp311-win_amd64.pyd'], kind: 'compiled' },
  ])('$name is $kind', async ({ name, files: names, kind }) => {
    await files(...names.map((file) => `given/${file}`))
    expect(await findOne(name, { folders: [at('given')] })).toMatchObject({
      kind,
      origin: 'option',
      folder: at('given'),
    })
  })

  it('has the version that its metadata or it itself tells', async () => {
    await files('given/dateutil/__init__.py', 'given/python_dateutil-2.8.2.dist-info/RECORD')
    await files('given/babel/__init__.py', 'given/Babel-2.10.3-py3.11.egg-info/x')
    await files('given/decorator.py')
    await writeFile(at('given/decorator.py'), "import re\n__version__ = '5.1.1'\n")
    const { packages } = await find({ folders: [at('given')] })
    expect(
      packages
        .filter(({ origin }) => origin === 'option')
        .map(({ name, version }) => [name, version]),
    ).toEqual([
      ['babel', '2.10.3'],
      ['dateutil', '2.8.2'],
      ['decorator', '5.1.1'],
    ])
  })
})

describe('places are searched in order', () => {
  const venv = 'project/venv/lib/python3.11/site-packages'

  it('given folders, the environment beside the tree, the cache', async () => {
    await files(
      'given/polib.py',
      `${venv}/polib.py`,
      `${venv}/ofxparse.py`,
      'project/venv/pyvenv.cfg',
    )
    await files(
      'cache/python-packages/16.0/site/ofxparse.py',
      'cache/python-packages/16.0/site/slugify.py',
    )
    const found = await find({ folders: [at('given')], trees: [at('project/odoo')] })
    const origins = Object.fromEntries(found.packages.map(({ name, origin }) => [name, origin]))
    expect(origins).toMatchObject({ polib: 'option', ofxparse: 'odoo', slugify: 'cache' })
    expect(found.folders.filter((path) => path.startsWith(folder.path))).toEqual([
      at('given'),
      at(venv),
      at('cache/python-packages/16.0/site'),
    ])
  })

  it('the environment of a Python that is named', async () => {
    await files('e/lib/python3.12/site-packages/slugify.py', 'e/pyvenv.cfg', 'e/bin/python')
    for (const odooPython of [at('e'), at('e/bin/python')]) {
      expect(await findOne('slugify', { odooPython })).toMatchObject({ origin: 'odoo' })
    }
  })

  it("an environment that sees its system's packages", async () => {
    await files('e/pyvenv.cfg', 'base/lib/python3.11/site-packages/slugify.py')
    await mkdir(at('base/bin'), { recursive: true })
    await writeFile(
      at('e/pyvenv.cfg'),
      `home = ${at('base/bin')}\ninclude-system-site-packages = true\n`,
    )
    expect(await findOne('slugify', { odooPython: at('e') })).toMatchObject({ origin: 'odoo' })
    await writeFile(
      at('e/pyvenv.cfg'),
      `home = ${at('base/bin')}\ninclude-system-site-packages = false\n`,
    )
    await expect(find({ odooPython: at('e') })).rejects.toMatchObject({
      code: 'PYTHON_PACKAGES_UNKNOWN',
    })
  })

  it('a Python behind a shell script is asked where it is, without its site module', async () => {
    await files('base/lib/python3.11/site-packages/slugify.py', 'shims/python3')
    await writeFile(
      at('shims/python3'),
      `#!/bin/sh\n[ "$1 $2 $3" = "-I -S -c" ] && echo '["${at('base')}", 3, 11]'\n`,
    )
    await chmod(at('shims/python3'), 0o755)
    const environment = { cache: at('cache'), variables: { PATH: at('shims') } }
    expect(await findOne('slugify', { environment })).toMatchObject({ origin: 'system' })
  })

  it('refuses a folder or a Python that is not there', async () => {
    const refused = { code: 'PYTHON_PACKAGES_UNKNOWN' }
    await expect(find({ folders: [at('nowhere')] })).rejects.toMatchObject(refused)
    await expect(find({ odooPython: at('nowhere/python') })).rejects.toMatchObject(refused)
  })
})

describe('what a package costs', () => {
  it('nothing when it is there, or moult stands in for it', async () => {
    await files('given/babel/__init__.py', 'given/lxml/__init__.py', 'given/lxml/etree.so')
    for (const name of ['babel', 'lxml', 'PIL', 'psycopg2']) {
      expect((await findOne(name, { folders: [at('given')] }))?.consequence).toBe('')
    }
  })

  it('what fails when a required one is missing, what is not done when an optional one is', async () => {
    const found = await Promise.all([
      findOne('zeep', { folders: [] }),
      findOne('slugify', { folders: [] }),
    ])
    for (const one of found) {
      if (one?.kind !== 'missing') continue
      expect(one.consequence).toContain(
        one.needed === 'required'
          ? 'fails, and says so'
          : one.name === 'slugify'
            ? 'own rules'
            : '',
      )
    }
    expect(found.map((one) => one?.needed)).toEqual(['required', 'optional'])
  })

  it("also looks for what the tree's requirements.txt names besides", async () => {
    await files('given/my_tool.py')
    await mkdir(at('tree'), { recursive: true })
    await writeFile(
      at('tree/requirements.txt'),
      'Babel==2.9.1\nmy-tool==1.0 ; python_version > "3.8"\n',
    )
    const { packages } = await find({ folders: [at('given')], trees: [at('tree')] })
    expect(packages.at(-1)).toMatchObject({ name: 'my_tool', needed: 'optional', kind: 'pure' })
    expect(packages.filter(({ distribution }) => /^babel$/i.test(distribution))).toHaveLength(1)
  })
})

it('reads names of requirements files', () => {
  const text = `# comment\n-r other.txt\n--hash=x\nBabel==2.9.1 ; python_version < '3.11'\nBabel==2.10\n
  python_Dateutil>=2\nurllib3[secure]\npkg @ https://example.com/x.whl\n`
  expect(parseRequirements(text)).toEqual(['babel', 'python-dateutil', 'urllib3', 'pkg'])
})

it('the packages of each release are distinct and say what they are for', () => {
  for (const major of [14, 15, 16, 17, 18]) {
    const needs = packageNeeds(major)
    expect(new Set(needs.map(({ name }) => name)).size).toBe(needs.length)
    expect(needs.filter(({ without }) => without === '')).toEqual([])
  }
  expect(packageNeeds(18).map(({ name }) => name)).not.toContain('pkg_resources')
})
