import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { chmod, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testCache } from '../../test/support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../../test/support/temporary-folder.js'
import { completeLibraries } from './programs/package-binaries.js'
import { parseVersion } from './programs/program-version.js'
import { findClientPrograms, findServerBinaries } from './server-programs.js'

const packaged = (await findServerBinaries({ cacheDirectory: testCache })).find(
  ({ origin }) => origin === 'package',
)

describe('server programs', () => {
  let folder: TemporaryFolder
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => folder.remove())

  /** A folder with programs that say they are of a version. */
  const programs = async (name: string, version: string): Promise<string> => {
    const path = join(folder.path, name)
    await mkdir(path)
    for (const program of ['initdb', 'pg_ctl', 'postgres', 'pg_dump', 'pg_restore']) {
      await writeFile(join(path, program), `#!/bin/sh\necho "${program} (PostgreSQL) ${version}"\n`)
      await chmod(join(path, program), 0o755)
    }
    return path
  }

  it.each([
    ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', { major: 15, version: '15.18' }],
    ['pg_dump (PostgreSQL) 18.4', { major: 18, version: '18.4' }],
    ['postgres (PostgreSQL) 19beta1', { major: 19, version: '19beta1' }],
    ['postgres (PostgreSQL) 9.6.24', undefined],
    ['GNU bash, version 5.2', undefined],
    ['', undefined],
  ])('of "%s" have their version', (text, version) => {
    expect(parseVersion(text)).toEqual(version)
  })

  it('in the folders of MOULT_PG_BIN come first, in that order', async () => {
    const [a, b] = [await programs('a', '14.2'), await programs('b', '16.1')]
    const environment = { MOULT_PG_BIN: `${a}:/nowhere:${b}`, PATH: '' }
    const found = await findServerBinaries({ environment, cacheDirectory: testCache })
    expect(found.slice(0, 2)).toMatchObject([
      { major: 14, version: '14.2', binDir: a, origin: 'system' },
      { major: 16, version: '16.1', binDir: b, origin: 'system' },
    ])
    const others = found.slice(2).map(({ major }) => major)
    expect(others).toEqual([...others].sort((x, y) => y - x))
  })

  it('in PATH are found once, where they really are', async () => {
    const real = await programs('real', '21.1')
    const linked = join(folder.path, 'linked')
    await mkdir(linked)
    for (const name of readdirSync(real)) await symlink(join(real, name), join(linked, name))
    const environment = { PATH: `${linked}:${real}` }
    const found = await findServerBinaries({ environment, cacheDirectory: testCache })
    expect(found.filter(({ major }) => major === 21)).toMatchObject([{ binDir: real }])
  })

  it('that do not run, or are only some of them, do not count', async () => {
    const broken = await programs('broken', '22.1')
    await writeFile(join(broken, 'postgres'), '#!/bin/sh\nexit 1\n')
    const partial = await programs('partial', '23.1')
    await rm(join(partial, 'initdb'))
    const environment = { PATH: `${broken}:${partial}` }
    const found = await findServerBinaries({ environment, cacheDirectory: testCache })
    expect(found.filter(({ major }) => major > 20)).toEqual([])
  })

  it('for dumps are the oldest that are not older than the server', async () => {
    const all = [
      await programs('x', '90.1'),
      await programs('y', '92.3'),
      await programs('z', '91.2'),
    ]
    const environment = { PATH: all.join(':') }
    expect(await findClientPrograms(91, { environment })).toEqual({
      major: 91,
      version: '91.2',
      pgDump: join(all[2] ?? '', 'pg_dump'),
      pgRestore: join(all[2] ?? '', 'pg_restore'),
    })
    expect(await findClientPrograms(93, { environment })).toBeUndefined()
    const named = { PATH: all.join(':'), MOULT_PG_BIN: all[1] }
    expect(await findClientPrograms(90, { environment: named })).toMatchObject({ major: 92 })
  })

  it('for dumps are no wrapper that chooses a version itself', async () => {
    const real = await programs('real', '90.1')
    const wrapped = join(folder.path, 'wrapped')
    await mkdir(wrapped)
    await writeFile(join(wrapped, 'pg_wrapper'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 95.1"\n')
    await chmod(join(wrapped, 'pg_wrapper'), 0o755)
    for (const name of ['pg_dump', 'pg_restore']) {
      await symlink(join(wrapped, 'pg_wrapper'), join(wrapped, name))
    }
    const environment = { PATH: `${wrapped}:${real}` }
    expect(await findClientPrograms(90, { environment })).toMatchObject({ major: 90 })
    expect(await findClientPrograms(95, { environment })).toBeUndefined()
  })
})

describe.skipIf(packaged === undefined || process.platform !== 'linux')('the npm package', () => {
  let folder: TemporaryFolder
  let root: string
  /** Without the libraries' links, as an install without scripts leaves it. */
  beforeEach(async () => {
    folder = await temporaryFolder()
    root = join(folder.path, 'package')
    const native = dirname(packaged?.binDir ?? '')
    await cp(native, join(root, 'native'), { recursive: true, verbatimSymlinks: true })
    const lib = join(root, 'native', 'lib')
    for (const name of readdirSync(lib)) {
      if (lstatSync(join(lib, name)).isSymbolicLink()) await rm(join(lib, name))
    }
  })
  afterEach(() => folder.remove())

  const runs = (environment: Readonly<Record<string, string>>): string =>
    execFileSync(join(root, 'native', 'bin', 'postgres'), ['--version'], {
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })

  it('without its links does not run, and with them made in place it does', async () => {
    expect(() => runs({})).toThrow()
    expect(await completeLibraries(root, join(folder.path, 'cache'))).toEqual({})
    expect(runs({})).toContain('(PostgreSQL)')
    expect(await completeLibraries(root, join(folder.path, 'cache'))).toEqual({})
    expect(existsSync(join(folder.path, 'cache'))).toBe(false)
  })

  it('that cannot be written gets its links elsewhere', async () => {
    const cache = join(folder.path, 'cache')
    await mkdir(cache)
    const environment = await asOrdinaryUser(folder.path, cache, () =>
      completeLibraries(root, cache),
    )
    expect(Object.keys(environment)).toEqual(['LD_LIBRARY_PATH'])
    expect(runs(environment)).toContain('(PostgreSQL)')
    // Again, after the package has moved to another place of the same name.
    expect(await asOrdinaryUser(folder.path, cache, () => completeLibraries(root, cache))).toEqual(
      environment,
    )
  })
})

/** Runs `body` as a user who may write `writable` only: root may write everything. */
async function asOrdinaryUser<T>(
  folder: string,
  writable: string,
  body: () => Promise<T>,
): Promise<T> {
  const lib = join(folder, 'package', 'native', 'lib')
  if (process.getuid?.() !== 0) {
    await chmod(lib, 0o555)
    return body().finally(() => chmod(lib, 0o755))
  }
  await chmod(writable, 0o777)
  process.seteuid?.(65534)
  try {
    return await body()
  } finally {
    process.seteuid?.(0)
  }
}
