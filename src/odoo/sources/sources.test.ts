import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Findings, Progress } from '../../base/index.js'
import { readEnvironment } from '../../config/index.js'
import { type AddSourceOptions, addSource } from './add-source.js'
import { repositories, writeOdoo, writeOpenUpgrade } from './fixtures/repositories.js'
import { listSources, removeSources } from './list-sources.js'
import { resolveSources } from './resolve-sources.js'

const at = await repositories()
afterAll(() => at.remove())
const release = { series: '16.0', major: 16, minor: 0 }
const url = { odoo: '', openupgrade: '' }
let tests = 0
let environment = readEnvironment()

beforeAll(async () => {
  await writeOdoo(at, 'odoo', 16)
  await writeOpenUpgrade(at, 'ou', 16)
  url.odoo = at.commit('odoo', '16.0')
  url.openupgrade = at.commit('ou', '16.0')
})

beforeEach(() => {
  tests += 1
  environment = readEnvironment({ ...process.env, MOULT_CACHE: join(at.path, `cache${tests}`) })
})

const add = (options: Omit<AddSourceOptions, 'release'>, progress = new Progress()) =>
  addSource({ release, ...options }, environment, progress)
const list = async () => {
  const findings = new Findings()
  const sources = await listSources(environment, findings)
  return { sources, codes: findings.list().map(({ code }) => code) }
}
/** What lies in the cache for the release. */
const left = async () => {
  const folder = join(environment.cache, 'sources/16.0')
  return existsSync(folder) ? readdir(folder) : []
}
const head = (name: string) =>
  execFileSync('git', ['-C', join(at.path, name), 'rev-parse', 'HEAD'])
    .toString()
    .trim()

describe('sources of a release', () => {
  test('are cloned into the cache, one commit deep, and found by the release', async () => {
    const odoo = await add({ git: url.odoo })
    const tree = join(environment.cache, 'sources/16.0/odoo/tree')
    expect(odoo).toMatchObject({
      kind: 'odoo',
      series: '16.0',
      origin: { git: url.odoo, branch: '16.0' },
      tree,
      commit: head('odoo'),
    })
    expect(odoo.size).toBeGreaterThan(0)
    expect(Date.parse(odoo.date ?? '')).not.toBeNaN()
    const count = execFileSync('git', ['-C', tree, 'rev-list', '--count', 'HEAD']).toString().trim()
    expect(count).toBe('1')
    const openupgrade = await add({ git: join(at.path, 'ou'), kind: 'openupgrade' })
    expect((await list()).sources).toEqual([odoo, openupgrade])
    expect(await resolveSources('16.0', environment)).toEqual({
      addonsPath: [tree, openupgrade.tree],
      upgradePath: [join(openupgrade.tree, 'openupgrade_scripts/scripts')],
      odoo,
      openupgrade,
    })
    expect(await left()).toEqual(['odoo', 'openupgrade'])
  })

  test('may be a folder of the user, which stays where it is', async () => {
    const folder = join(at.path, 'odoo')
    const added = await add({ folder })
    expect(added).toMatchObject({ kind: 'odoo', tree: folder, commit: head('odoo'), size: 0 })
    expect((await resolveSources('16.0', environment)).addonsPath).toEqual([folder])
    await removeSources('16.0', environment)
    expect(existsSync(folder)).toBe(true)
    expect((await list()).sources).toEqual([])
  })

  test('that are there are kept, unless they are to be replaced', async () => {
    await add({ folder: join(at.path, 'odoo') })
    await expect(add({ git: url.odoo })).rejects.toMatchObject({ code: 'RELEASE_SOURCE_EXISTS' })
    await expect(add({ git: url.odoo, kind: 'odoo' })).rejects.toMatchObject({
      code: 'RELEASE_SOURCE_EXISTS',
    })
    expect((await list()).sources[0]?.origin).toEqual({ folder: join(at.path, 'odoo') })
    const replaced = await add({ git: url.odoo, overwrite: true })
    expect((await list()).sources).toEqual([replaced])
    expect(await left()).toEqual(['odoo'])
  })

  test('added by two at once are there once, and complete', async () => {
    const results = await Promise.allSettled([1, 2, 3].map(() => add({ git: url.odoo })))
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(['RELEASE_SOURCE_EXISTS', 'RELEASE_SOURCE_EXISTS'])
    expect((await list()).sources).toHaveLength(1)
    expect(await left()).toEqual(['odoo'])
  })

  test('are removed by kind; what is not there cannot be', async () => {
    await add({ git: url.odoo })
    await add({ git: url.openupgrade })
    await removeSources('16.0', environment, ['openupgrade'])
    expect((await list()).sources.map(({ kind }) => kind)).toEqual(['odoo'])
    const again = removeSources('16.0', environment, ['openupgrade'])
    await expect(again).rejects.toMatchObject({ code: 'RELEASE_SOURCE_UNKNOWN' })
  })

  test('whose folder is gone are told', async () => {
    await writeOdoo(at, 'gone', 16)
    await add({ folder: join(at.path, 'gone') })
    execFileSync('rm', ['-r', join(at.path, 'gone')])
    expect((await list()).codes).toEqual(['RELEASE_SOURCE_MISSING'])
    expect((await resolveSources('16.0', environment)).addonsPath).toEqual([])
  })
})

describe('what is refused leaves nothing behind', () => {
  test.each([
    ['another release', 'odoo', { branch: '17.0', series: '17.0' }, 'RELEASE_SOURCE_INVALID'],
    ['another kind', 'odoo', { kind: 'openupgrade' }, 'RELEASE_SOURCE_INVALID'],
    ['no such branch', 'odoo', { branch: 'none' }, 'GIT_FAILED'],
    ['no repository', 'nowhere', {}, 'GIT_FAILED'],
    ['a repository of something else', 'else', {}, 'RELEASE_SOURCE_INVALID'],
    ['an address that looks like an option', '--upload-pack=touch x', {}, 'GIT_FAILED'],
  ])(
    '%s',
    async (_, name, {
      series,
      ...more
    }: { series?: string; branch?: string; kind?: string }, code) => {
      await at.write('else/readme', 'text')
      if (!existsSync(join(at.path, 'else/.git'))) at.commit('else', '16.0')
      const git = name.startsWith('--') ? name : join(at.path, name)
      const options = { git, ...more } as AddSourceOptions
      const wanted = series === undefined ? release : { series, major: 17, minor: 0 }
      if (series !== undefined) execFileSync('git', ['-C', git, 'branch', '-f', series])
      const adding = addSource({ ...options, release: wanted }, environment, new Progress())
      await expect(adding).rejects.toMatchObject({ code })
      expect((await list()).sources).toEqual([])
      expect(await left()).toEqual([])
    },
  )

  test('folders of other releases, kinds, or nothing', async () => {
    await writeOdoo(at, 'odoo15', 15)
    await writeOpenUpgrade(at, 'ou15', 15)
    for (const folder of ['odoo15', 'ou15', 'nowhere'].map((name) => join(at.path, name))) {
      await expect(add({ folder })).rejects.toMatchObject({ code: 'RELEASE_SOURCE_INVALID' })
    }
    const both = add({ folder: join(at.path, 'odoo'), git: url.odoo })
    await expect(both).rejects.toMatchObject({ code: 'CONFLICTING_OPTIONS' })
  })

  test('cancelling ends git and clears away', async () => {
    const bin = join(at.path, 'bin')
    await mkdir(bin, { recursive: true })
    const started = join(at.path, 'started')
    // A git that fetches for ever, through another process as the real one does.
    await at.write('bin/git', `#!/bin/sh\nsleep 600 &\necho $! > ${started}\nwait\n`)
    await chmod(join(bin, 'git'), 0o755)
    environment = readEnvironment({ ...environment.variables, PATH: `${bin}:${process.env.PATH}` })
    const controller = new AbortController()
    const adding = add({ git: url.odoo }, new Progress(controller.signal))
    adding.catch(() => undefined)
    await expect.poll(() => existsSync(started)).toBe(true)
    controller.abort()
    await expect(adding).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await left()).toEqual([])
    const pid = execFileSync('cat', [started]).toString().trim()
    const state = execFileSync('sh', ['-c', `ps -o stat= -p ${pid} || true`])
      .toString()
      .trim()
    expect(state === '' || state.startsWith('Z')).toBe(true)
  })

  test('without git a folder is advised', async () => {
    environment = readEnvironment({ ...environment.variables, PATH: join(at.path, 'empty') })
    await expect(add({ git: url.odoo })).rejects.toMatchObject({
      code: 'GIT_MISSING',
      hint: expect.stringContaining('--folder'),
    })
  })

  test('what a killed process left is cleared away', async () => {
    const abandoned = join(environment.cache, 'sources/16.0/.new-999999999-abcd')
    await mkdir(abandoned, { recursive: true })
    await add({ git: url.odoo })
    expect(await left()).toEqual(['odoo'])
  })
})
