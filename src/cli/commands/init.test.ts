import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { Progress } from '../../base/index.js'
import { loadProjectConfig, readEnvironment } from '../../config/index.js'
import type { CommandContext, GivenOptions } from '../command.js'
import { initCommand } from './init.js'
import { addSourcesCommand } from './sources/add.js'
import { listSourcesCommand } from './sources/list.js'
import { removeSourcesCommand } from './sources/remove.js'

const root = await mkdtemp(join(tmpdir(), 'moult-init-'))
afterAll(() => rm(root, { recursive: true, force: true }))
let folder = root
let tests = 0

async function file(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), content)
}

beforeEach(async () => {
  tests += 1
  folder = join(root, String(tests))
  await mkdir(folder)
})

function context(): CommandContext {
  return {
    environment: readEnvironment({ ...process.env, MOULT_CACHE: join(folder, '.cache') }),
    progress: new Progress(),
    confirm: () => Promise.reject(new Error('nothing is asked')),
    announce: () => undefined,
    writeLine: () => undefined,
    stream: undefined,
  }
}

const init = (options: GivenOptions = {}) => initCommand({ args: [folder], options }, context())
const view = { color: false, width: undefined }

async function sources(): Promise<void> {
  await file('odoo/odoo/release.py', "version_info = (16, 0, 0, FINAL, 0, '')\n")
  await file('odoo/odoo/addons/base/__manifest__.py', '{}')
  await file("own's/a/__manifest__.py", "{'version': '16.0.1.0.0'}")
  await file('ou/openupgrade_scripts/__manifest__.py', "{'version': '16.0.1.0.0'}")
  await file('ou/openupgrade_scripts/scripts/base/16.0.1.3/pre-a.py', '')
  await file('unknown/b/__manifest__.py', '{}')
}

describe('moult init', () => {
  test.each([
    ['ts', 'moult.config.ts'],
    ['json', 'moult.config.json'],
  ])('writes a %s configuration that can be loaded, with what it finds', async (format, name) => {
    await sources()
    const result = await init({ format })
    expect(result.data).toEqual({ file: join(folder, name), to: '16.0', releases: ['16.0'] })
    const project = await loadProjectConfig(folder, context().environment)
    expect(project).toMatchObject({ to: '16.0', autoInstall: undefined })
    expect(project?.releases.get('16.0')).toMatchObject({
      addonsPath: ["own's", 'odoo', 'ou'].map((path) => join(folder, path)),
      upgradePath: [join(folder, 'ou/openupgrade_scripts/scripts')],
    })
    const text = await readFile(join(folder, name), 'utf8')
    expect(text.includes('// Modules of an unknown release: unknown')).toBe(format === 'ts')
  })

  test('writes an empty one where nothing is found, and says how to get sources', async () => {
    const result = await init({ to: '17' })
    expect(result.lines(view).join(' ')).toContain('moult sources add')
    const project = await loadProjectConfig(folder, context().environment)
    expect(project).toMatchObject({ to: '17.0', releases: new Map() })
  })

  test('knows the releases in the cache', async () => {
    await sources()
    const options = { folder: join(folder, 'odoo') }
    await addSourcesCommand({ args: ['16'], options }, context())
    const empty = join(folder, 'empty')
    await mkdir(empty)
    await initCommand({ args: [empty], options: {} }, context())
    const project = await loadProjectConfig(empty, context().environment)
    expect(project?.releases.get('16.0')?.addonsPath).toBeUndefined()
    expect(project?.to).toBe('16.0')
  })

  test('does not replace a configuration, of either kind', async () => {
    await file('moult.config.json', '{}')
    await expect(init()).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await readFile(join(folder, 'moult.config.json'), 'utf8')).toBe('{}')
  })
})

describe('moult sources', () => {
  test('adds, lists and removes', async () => {
    await sources()
    const options = { folder: join(folder, 'ou'), kind: 'openupgrade' }
    await addSourcesCommand({ args: ['16.0'], options }, context())
    const listed = await listSourcesCommand({ args: [], options: {} }, context())
    expect(listed.lines(view)[1]).toMatch(/^16\.0 +openupgrade/)
    const removed = await removeSourcesCommand({ args: ['16.0'], options: {} }, context())
    expect(removed.lines(view)).toEqual([
      `Forgot openupgrade 16.0; ${join(folder, 'ou')} stays as it is.`,
    ])
    const empty = await listSourcesCommand({ args: [], options: {} }, context())
    expect(empty.lines(view)[0]).toContain('no sources yet')
  })

  test.each(['x', '16.1', '13.0', '99'])('%s is no release', async (text) => {
    const adding = addSourcesCommand({ args: [text], options: {} }, context())
    await expect(adding).rejects.toMatchObject({
      code: expect.stringMatching(/^RELEASE_(INVALID|UNSUPPORTED)$/),
    })
  })
})
