import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../src/db/index.js'
import type { ScriptLog } from '../../src/scripts/hosts/index.js'
import { TypeScriptHost } from '../../src/scripts/hosts/typescript/typescript-host.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

/** These scripts have no use for a database. */
const NOTHING = new Proxy({} as Session, {
  get: () => {
    throw new Error('There is no database')
  },
})

async function run(text: string): Promise<readonly ScriptLog[]> {
  const file = join(folder.path, 'pre-x.ts')
  await writeFile(file, text)
  const logs: ScriptLog[] = []
  await new TypeScriptHost(() => ({ cr: {}, env: {} })).run(
    { file, module: 'm', phase: 'pre', directory: '1.0', installedVersion: '1' },
    {
      session: NOTHING,
      operations: {},
      log: (line) => logs.push(line),
      signal: new AbortController().signal,
      limits: {},
    },
  )
  return logs
}

describe('a script in TypeScript', () => {
  test('prints into its log', async () => {
    const logs = await run(`console.info('loaded')
export function migrate(cr: object, version: string) {
  console.log('from %s', version, [1])
  console.warn('two\\nlines')
}`)
    expect(logs).toEqual([
      { level: 'info', logger: 'stdout', text: 'loaded' },
      { level: 'info', logger: 'stdout', text: 'from 1 [ 1 ]' },
      { level: 'warning', logger: 'stderr', text: 'two' },
      { level: 'warning', logger: 'stderr', text: 'lines' },
    ])
  })

  test('fails at its own line', async () => {
    const lines = [
      'export function migrate(): void {',
      '  const n: number = 1',
      '  throw new Error(String(n))',
      '}',
    ]
    await expect(run(lines.join('\n'))).rejects.toMatchObject({
      code: 'SCRIPT_FAILED',
      place: { line: 3 },
    })
  })
})
