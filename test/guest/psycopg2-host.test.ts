import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScriptCall, ScriptHost } from '../../src/scripts/hosts/index.js'
import { createPythonHost, type PythonInterpreter } from '../../src/scripts/hosts/python/index.js'
import { embeddedInMemory, useEngine } from '../support/engines.js'
import { withOperations } from '../support/psycopg2-guest.js'

type Outcomes = Readonly<Record<string, string>>

const recorded = JSON.parse(
  readFileSync(new URL('fixtures/psycopg2/recorded.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Outcomes>>

const script: ScriptCall = {
  file: fileURLToPath(new URL('fixtures/psycopg2/migrate_cases.py', import.meta.url)),
  module: 'base',
  phase: 'pre',
  directory: '16.0.1.0',
  installedVersion: '15.0.1.0',
}

const python = process.env.MOULT_TEST_PYTHON ?? '/usr/bin/python3'
const missing = spawnSync(python, ['--version']).status !== 0

const interpreters: readonly { name: string; interpreter: PythonInterpreter; skip: boolean }[] = [
  { name: 'the embedded interpreter', interpreter: 'embedded', skip: false },
  {
    name: missing ? `CPython: ${python} is not on this machine` : 'CPython',
    interpreter: { executable: python },
    skip: missing,
  },
]

describe.each(interpreters)('psycopg2 in a script that $name runs', ({ interpreter, skip }) => {
  const cluster = useEngine(embeddedInMemory)
  let host: ScriptHost | undefined
  beforeAll(async () => {
    if (skip) return
    const roots = { sources: [], scripts: [] }
    host = await createPythonHost({ interpreter, roots, release: '16.0' })
  })
  afterAll(() => host?.close())

  it.skipIf(skip)('answers as the original, and again in a second run', async () => {
    const expected = { ...recorded.everywhere, ...recorded['18'] }
    for (const _run of ['first', 'second']) {
      const outcomes = new Map<string, string>()
      await cluster().withSession(cluster().maintenanceDatabase, (session) =>
        withOperations(session, async (operations) => {
          const log = ({ logger, text }: { logger: string; text: string }) => {
            if (logger === 'stdout') outcomes.set(...(JSON.parse(text) as [string, string]))
          }
          const { signal } = new AbortController()
          await host?.run(script, { session, operations, log, signal, limits: {} })
        }),
      )
      expect(Object.fromEntries(outcomes)).toEqual({
        ...expected,
        // See psycopg2.test.ts.
        'cursor named_closed_after_rollback': '[(1)]',
      })
    }
  })
})
