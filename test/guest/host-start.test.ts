import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPythonHost } from '../../src/scripts/hosts/python/index.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { embedded, interpreters, migrating, runFile, useHost } from './host-support.js'

const base = { roots: { sources: [], scripts: [] }, release: '16.0' } as const

describe('starting a Python', () => {
  let folder: TemporaryFolder
  beforeAll(async () => {
    folder = await temporaryFolder()
  })
  afterAll(() => folder.remove())

  async function program(name: string, text: string): Promise<string> {
    const file = join(folder.path, name)
    await writeFile(file, text)
    await chmod(file, 0o755)
    return file
  }

  test('a program that is not there is PYTHON_NOT_FOUND', async () => {
    const executable = join(folder.path, 'no-python')
    await expect(createPythonHost({ ...base, interpreter: { executable } })).rejects.toMatchObject({
      code: 'PYTHON_NOT_FOUND',
    })
  })

  test('an old Python is PYTHON_TOO_OLD', async () => {
    const executable = await program('old', '#!/bin/sh\nexit 78\n')
    await expect(createPythonHost({ ...base, interpreter: { executable } })).rejects.toMatchObject({
      code: 'PYTHON_TOO_OLD',
    })
  })

  test('a program that is no Python is PYTHON_FAILED with what it said', async () => {
    const executable = await program('other', '#!/bin/sh\necho "no such option" >&2\nexit 1\n')
    await expect(createPythonHost({ ...base, interpreter: { executable } })).rejects.toMatchObject({
      code: 'PYTHON_FAILED',
      hint: 'no such option',
    })
  })

  test('a folder that is not there is SCRIPT_FOLDER_UNKNOWN', async () => {
    const roots = { sources: [join(folder.path, 'missing')], scripts: [] }
    await expect(
      createPythonHost({ ...base, roots, interpreter: 'embedded' }),
    ).rejects.toMatchObject({ code: 'SCRIPT_FOLDER_UNKNOWN' })
  })

  test('a folder without openupgradelib is LIBRARY_UNKNOWN', async () => {
    const library = { folder: folder.path }
    await expect(
      createPythonHost({ ...base, library, interpreter: 'embedded' }),
    ).rejects.toMatchObject({ code: 'LIBRARY_UNKNOWN' })
  })

  test('the picture of an interpreter is kept in the cache folder, and a damaged one is not used', async () => {
    const cacheDirectory = join(folder.path, 'cache')
    const host = await createPythonHost({
      ...base,
      interpreter: 'embedded',
      release: '17.0',
      cacheDirectory,
    })
    await host.close()
    const [name] = await readdir(join(cacheDirectory, 'python'))
    const file = join(cacheDirectory, 'python', name ?? '')
    await writeFile(file, 'damaged')
    const probe = await program('start.py', migrating('moultg.call("tell", 1)'))
    const again = await createPythonHost({
      ...base,
      interpreter: 'embedded',
      release: '17.0',
      cacheDirectory,
    })
    expect((await runFile(again, probe)).told).toEqual([1])
    await again.close()
  })
})

describe.each(interpreters())('a library of the user’s in $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    test('openupgradelib comes from the folder', async () => {
      const folder = await temporaryFolder()
      await mkdir(join(folder.path, 'pinned/openupgradelib'), { recursive: true })
      await writeFile(
        join(folder.path, 'pinned/openupgradelib/__init__.py'),
        '__version__ = "9.9"\n',
      )
      const host = await createPythonHost({
        ...base,
        interpreter: interpreter.interpreter,
        library: { folder: join(folder.path, 'pinned/openupgradelib') },
      })
      const file = join(folder.path, 'pre-x.py')
      await writeFile(
        file,
        migrating('import openupgradelib', 'moultg.call("tell", openupgradelib.__version__)'),
      )
      const { error, told } = await runFile(host, file)
      await host.close()
      await folder.remove()
      expect(error).toBeUndefined()
      expect(told).toEqual(['9.9'])
    })
  })
})

describe('a CPython process', () => {
  const [, cpython] = interpreters()
  const test_ = test.skipIf(cpython === undefined || cpython.unavailable !== undefined)

  describe.skipIf(cpython === undefined || cpython.unavailable !== undefined)('', () => {
    const { run } = useHost(cpython ?? embedded)

    test_('sees little of the environment, and moult’s psycopg2', async () => {
      process.env.MOULT_TEST_SECRET = 'hidden'
      const { error, told } = await run(
        migrating(
          'import os, psycopg2',
          'moultg.call("tell", sorted(os.environ), psycopg2.__file__)',
        ),
      )
      delete process.env.MOULT_TEST_SECRET
      expect(error).toBeUndefined()
      expect(told[0]).not.toContain('MOULT_TEST_SECRET')
      expect(String(told[1])).toContain('python/psycopg2')
    })

    test_('ends with its host', async () => {
      const { told } = await run(migrating('import os', 'moultg.call("tell", os.getpid())'))
      const host = await createPythonHost({
        ...base,
        interpreter: cpython?.interpreter ?? 'embedded',
      })
      await host.close()
      expect(() => execFileSync('kill', ['-0', String(told[0])])).not.toThrow()
    })
  })
})
