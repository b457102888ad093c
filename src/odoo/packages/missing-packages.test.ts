import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../../test/support/temporary-folder.js'
import { readEnvironment } from '../../config/index.js'
import { parseRelease } from '../release/index.js'
import { missingPackages } from './missing-packages.js'
import { packageNeeds } from './package-needs.js'

let folder: TemporaryFolder
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

const release = parseRelease('16.0')
if (release === undefined) throw new Error('16.0 is a release')

test('packages that Odoo starts without have a stand-in, and no others', async () => {
  const file = resolve(import.meta.dirname, '../../../python/moultg/native/stubs.py')
  const [, text = ''] =
    /^REQUIRED = frozenset\(\s*\(([^)]*)\)/m.exec(await readFile(file, 'utf8')) ?? []
  const stubbed = [...text.matchAll(/"(\w+)"/g)].map(([, name]) => name)
  // 18 alone has left one out, and 17 brought one in.
  const needs = packageNeeds(17)
  const required = needs.filter(({ needed, essential }) => needed === 'required' && !essential)
  expect(stubbed.sort()).toEqual(required.map(({ name }) => name).sort())
})

describe('a CPython', () => {
  /** A program that answers as a Python with these packages would. */
  async function python(answer: string): Promise<string> {
    const file = join(folder.path, 'bin', 'python')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `#!/bin/sh\n${answer}\n`)
    await chmod(file, 0o755)
    return file
  }

  const missingIn = (interpreter: string): Promise<readonly string[]> =>
    missingPackages({ interpreter, release, environment: readEnvironment({ HOME: folder.path }) })

  test('says itself what it lacks, by the names under which packages are installed', async () => {
    expect(await missingIn(await python(`echo '["dateutil", "babel"]'`))).toEqual([
      'Babel',
      'python-dateutil',
    ])
  })

  test('is not asked for what moult has itself', async () => {
    expect(
      await missingIn(
        await python(`printf '["%s"]' "$*" | grep -q psycopg2 && echo '["babel"]' || echo '[]'`),
      ),
    ).toEqual([])
  })

  test('that cannot be asked is believed to be whole: starting it will tell', async () => {
    expect(await missingIn(await python('exit 3'))).toEqual([])
    expect(await missingIn(join(folder.path, 'nothing'))).toEqual([])
  })
})
