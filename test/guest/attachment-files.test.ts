import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerQuestion } from '../../src/scripts/hosts/python/answer-question.js'
import type { Interpreter } from '../../src/scripts/hosts/python/interpreter.js'
import {
  guestFolder,
  introduce,
  startInterpreter,
} from '../../src/scripts/hosts/python/start-interpreter.js'
import { PyTuple } from '../../src/scripts/values/index.js'
import { testCache } from '../support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

const NAME = '0123456789abcdef0123456789abcdef01234567'
const MEMORY = 512 * 1024 * 1024

describe('a filestore in the embedded Python', () => {
  let folder: TemporaryFolder | undefined
  let interpreter: Interpreter | undefined
  const at = (...names: readonly string[]): string => join(folder?.path ?? '', ...names)

  beforeAll(async () => {
    folder = await temporaryFolder()
    for (const name of ['store', 'packages', 'scripts', 'outside']) await mkdir(at(name))
    await mkdir(at('store', 'aa'))
    await mkdir(at('store', 'ee'))
    await writeFile(at('store', 'ee', NAME), 'another database')
    await writeFile(at('outside', 'secret'), 'secret')
    await writeFile(at('store', 'aa', NAME), 'old content')
    await symlink(at('outside'), at('store', 'bb'))
    await symlink(at('outside', 'secret'), at('store', 'aa', NAME.replace('0', 'f')))
    await writeFile(at('packages', 'module.py'), 'VALUE = 1\n')
    await symlink(at('outside', 'secret'), at('packages', 'leads-out'))
    const mounts = [
      { guest: '/filestore', host: at('store'), shown: at('store'), writable: true },
      { guest: '/packages', host: at('packages'), shown: at('packages') },
      { guest: '/scripts', host: at('scripts'), shown: at('scripts') },
    ]
    const guest = guestFolder('embedded')
    interpreter = await startInterpreter({
      interpreter: 'embedded',
      release: '16.0',
      mounts,
      searchPath: [guest, `${guest}/shim`, `${guest}/facade`],
      cacheDirectory: testCache,
    })
    const command = {
      release: '16.0',
      addons_paths: [],
      addons: {},
      tolerant: false,
      user_paths: [],
      own_paths: [guest],
    }
    await introduce(interpreter, command, MEMORY)
  })
  afterAll(async () => {
    await interpreter?.kill()
    await folder?.remove()
  })

  /** Runs lines of Python; answers what they gave to `tell`. */
  async function run(...lines: readonly string[]): Promise<readonly unknown[]> {
    const told: unknown[] = []
    const body = lines.map((line) => `    ${line}`).join('\n')
    const source = `import os, sys\nimport moultg\n\ndef migrate(cr, version):\n${body}\n`
    await writeFile(at('scripts', 'pre-run.py'), source)
    const operations = {
      dbname: async () => ({ kind: 'value', value: 'test' }) as const,
      tell: async (args: readonly unknown[]) => {
        told.push(...args)
        return { kind: 'value', value: null } as const
      },
    }
    const outcome = await interpreter?.command(
      JSON.stringify({
        do: 'run',
        path: '/scripts/pre-run.py',
        module: 'm',
        stage: 'pre',
        directory: '16.0.1.0',
        version: '15.0',
        user_paths: [],
      }),
      {
        answer: (question) =>
          answerQuestion(question, { operations, log: () => {}, failed: () => {} }),
        mounts: [],
        printed: () => {},
        memory: MEMORY,
      },
    )
    expect(JSON.parse(outcome?.text ?? '{}')).toEqual({ kind: 'passed' })
    return told
  }

  it('takes the contents of attachments as Odoo writes them', async () => {
    await run(
      'os.makedirs("/filestore/cc", exist_ok=True)',
      `open("/filestore/cc/${NAME}", "wb").write(b"new content" * 1000)`,
      'os.makedirs("/filestore/checklist/cc")',
      `open("/filestore/checklist/cc/${NAME}", "ab").close()`,
    )
    expect(await readFile(at('store', 'cc', NAME), 'utf8')).toBe('new content'.repeat(1000))
    expect(existsSync(at('store', 'checklist', 'cc', NAME))).toBe(true)
  })

  it('gives, replaces, appends to and removes them', async () => {
    const told = await run(
      `path = "/filestore/aa/${NAME}"`,
      'moultg.call("tell", open(path).read(), os.path.getsize(path), os.path.exists(path))',
      'os.unlink(path)',
      'open(path, "w").write("first")',
      'open(path, "w").write("new")',
      'open(path, "a").write("er")',
      'moultg.call("tell", open(path).read())',
      'stream = open(path, "rb")',
      'stream.seek(-2, 2)',
      'moultg.call("tell", stream.read().decode())',
      'stream.close()',
      'os.unlink(path)',
      'moultg.call("tell", os.path.exists(path))',
    )
    expect(told).toEqual(['old content', 11, true, 'newer', 'er', false])
    expect(existsSync(at('store', 'aa', NAME))).toBe(false)
  })

  it.each([
    ['a name that is none of an attachment', 'open("/filestore/aa/evil.py", "w")'],
    ['a folder that is none', 'os.mkdir("/filestore/evil")'],
    ['a file beside the folders', `open("/filestore/${NAME}", "w")`],
    // It may be a hard link, and the same file as that of another database.
    ['writing over what was there', `open("/filestore/ee/${NAME}", "r+").write("x")`],
    ['cutting what was there', `os.truncate("/filestore/ee/${NAME}", 0)`],
    ['a link out of it', `open("/filestore/aa/${NAME.replace('0', 'f')}").read()`],
    ['a folder that is a link', `open("/filestore/bb/${NAME}", "w")`],
    ['a way up', 'open("/filestore/../outside/secret")'],
    ['making a link', 'os.symlink("/scripts", "/filestore/dd")'],
    ['renaming', `os.rename("/filestore/cc/${NAME}", "/filestore/dd")`],
    ['writing to another folder', 'open("/packages/module.py", "w")'],
  ])('refuses %s', async (_, line) => {
    const told = await run(
      'try:',
      `    ${line}`,
      '    moultg.call("tell", "done")',
      'except OSError as error:',
      '    moultg.call("tell", "refused")',
    )
    expect(told).toEqual(['refused'])
    expect(await readFile(at('outside', 'secret'), 'utf8')).toBe('secret')
    expect(await readFile(at('packages', 'module.py'), 'utf8')).toBe('VALUE = 1\n')
    expect(await readFile(at('store', 'ee', NAME), 'utf8')).toBe('another database')
  })

  it('lists a read-only folder without what leads out of it', async () => {
    expect(await run('moultg.call("tell", tuple(sorted(os.listdir("/packages"))))')).toEqual([
      new PyTuple(['module.py']),
    ])
  })
})
