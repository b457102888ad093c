import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discoverScripts } from './index.js'

const folder = await mkdtemp(join(tmpdir(), 'moult-scripts-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const at = (path: string) => join(folder, path)

async function files(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(at(path)), { recursive: true })
    await writeFile(at(path), '')
  }
}

const discover = (major: number) =>
  discoverScripts({
    release: { series: `${major}.0`, major, minor: 0 },
    modules: [
      { name: 'sale', folder: at('one/sale') },
      { name: 'bare', folder: at('one/bare') },
    ],
    addonsPath: [at('one'), at('two'), at('three')],
    upgradePaths: [at('path1'), at('missing'), at('path2')],
  })

const found = async (major: number, module = 'sale') => {
  const { modules, shadowed } = await discover(major)
  const directories = modules.get(module) ?? []
  return {
    folders: directories.map((directory) => relative(folder, directory.folder)),
    sources: directories.map(({ source }) => `${source.kind} ${source.rank}`),
    shadowed: shadowed.map(
      (item) => `${relative(folder, item.folder)} by ${relative(folder, item.by)}`,
    ),
  }
}

describe('looking for scripts', () => {
  beforeAll(async () => {
    await files([
      ...['one/sale/__manifest__.py', 'one/sale/upgrades/1.1/pre-u.py', 'one/bare/__manifest__.py'],
      ...['two/sale/migrations/1.1/pre-m.py', 'two/sale/migrations/README.md'],
      ...['three/sale/migrations/9.9/pre-shadowed.py', 'three/sale/upgrades/9.9/pre-s.py'],
      ...['path1/sale/17.0.1.0/pre-p.py', 'path1/sale/17.0.1.0/notes.txt'],
      ...['path2/sale/17.0.1.0/post-p.py', 'path1/sale/17.0.1.0/sub/pre-h.py', 'path1/x.txt'],
      ...['elsewhere/pre-linked.py'],
    ])
    await symlink(at('elsewhere'), at('path2/sale/linked'))
    await symlink(at('nowhere'), at('path2/sale/17.0.1.0/pre-dangling.py'))
  })

  test.each([15, 16, 17, 18])(
    'scenario 14: on %i a copy that does not win lends its scripts, and all upgrade paths count',
    async (major) => {
      expect(await found(major)).toEqual({
        folders: [
          ...['two/sale/migrations/1.1', 'one/sale/upgrades/1.1', 'path1/sale/17.0.1.0'],
          ...['path2/sale/17.0.1.0', 'path2/sale/linked'],
        ],
        sources: ['module 0', 'module_upgrades 1', 'upgrade 2', 'upgrade 4', 'upgrade 4'],
        shadowed: [
          'three/sale/migrations by two/sale/migrations',
          'three/sale/upgrades by one/sale/upgrades',
        ],
      })
    },
  )

  test('scenarios 14 and 38: on 14 only the copy that wins, and the first upgrade path, count', async () => {
    expect(await found(14)).toEqual({
      folders: ['one/sale/upgrades/1.1', 'path1/sale/17.0.1.0'],
      sources: ['module_upgrades 1', 'upgrade 2'],
      shadowed: ['path2/sale by path1/sale'],
    })
  })

  test('files that are no scripts are kept apart; folders and dangling links are no files', async () => {
    const directories = (await discover(17)).modules.get('sale') ?? []
    const content = directories.map(({ scripts, otherFiles }) => [
      ...scripts.map(({ name, phase }) => `${phase} ${name}`),
      ...otherFiles,
    ])
    expect(content).toEqual([
      ...[['pre pre-m.py'], ['pre pre-u.py'], ['pre pre-p.py', 'notes.txt']],
      ...[['post post-p.py'], ['pre pre-linked.py']],
    ])
  })

  test('a module without scripts is listed as such', async () => {
    expect(await found(17, 'bare')).toMatchObject({ folders: [] })
  })
})
