import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { Emitter, type Finding, UserError } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import type { ScriptHost } from '../../scripts/hosts/index.js'
import { checksumOf, type PlannedScript, type ScriptsStep } from '../planning/index.js'
import type { RunEvents } from './run-events.js'
import { runScript, type ScriptRunScope } from './run-script.js'

/** Rolls a test's transaction back. */
class Done extends Error {}

const NEEDS_MODELS = new UserError('SCRIPT_NEEDS_ODOO', 'post-x.py needs account.move.post')

describe("a script that needs the release's models", () => {
  const cluster = useEngine(embeddedInMemory)
  let folder = ''
  let script: PlannedScript | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moult-script-'))
    const file = join(folder, 'post-x.py')
    await writeFile(file, 'def migrate(cr, version):\n    pass\n')
    const checksum = await checksumOf(file)
    script = { file, directory: '16.0.1.0', language: 'python', checksum, logLine: 'post-x' }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Runs the script by hosts that write a row each; returns the rows that stay. */
  async function run(
    first: (session: Session) => Promise<void>,
    more: Partial<ScriptRunScope>,
  ): Promise<{ rows: unknown; findings: readonly Finding[]; error: unknown }> {
    const findings: Finding[] = []
    const seen: { rows: unknown; error: unknown } = { rows: undefined, error: undefined }
    const host: ScriptHost = {
      run: async (_, { session }) => {
        await session.execute(raw(`INSERT INTO done VALUES ('first')`))
        await first(session)
      },
      close: async () => {},
    }
    const body = async (session: Session): Promise<void> => {
      await session.execute(raw('CREATE TABLE done (by text)'))
      const planned = script as PlannedScript
      const step: ScriptsStep = {
        ...{ kind: 'scripts', phase: 'post', module: 'shop', completes: true },
        ...{ installedVersion: '15.0.1.0', targetVersion: '16.0.1.0', scripts: [planned] },
      }
      try {
        await runScript(step, planned, {
          session,
          host: async () => host,
          operations: ({ addFinding }) => {
            addFinding({ code: 'DATA_NOT_LOADED', severity: 'info', message: 'of an attempt' })
            return {}
          },
          events: new Emitter<RunEvents>(),
          addFinding: (finding) => findings.push(finding),
          signal: new AbortController().signal,
          limits: {},
          commit: undefined,
          keepGoing: false,
          loadedModules: new Set(),
          ...more,
        })
        seen.rows = (await session.query(raw('SELECT by FROM done'))).rows
      } catch (error) {
        seen.error = error
      }
      throw new Done()
    }
    await cluster()
      .withSession(cluster().maintenanceDatabase, (session) =>
        session.transaction(() => body(session)),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Done)) throw error
      })
    return { ...seen, findings }
  }

  const failing = async (): Promise<void> => {
    throw NEEDS_MODELS
  }
  const withModels: ScriptRunScope['withModels'] = () => ({
    run: async (_, { session }) => session.execute(raw(`INSERT INTO done VALUES ('models')`)),
  })

  test('is undone and runs again with them; only what the second run finds is told', async () => {
    const { rows, findings, error } = await run(failing, { withModels })
    expect(error).toBeUndefined()
    expect(rows).toEqual([{ by: 'models' }])
    expect(findings.map(({ message }) => message)).toEqual(['of an attempt'])
  })

  test('runs once where it needs none', async () => {
    const { rows, findings } = await run(async () => {}, { withModels })
    expect(rows).toEqual([{ by: 'first' }])
    expect(findings).toHaveLength(1)
  })

  test('fails as before where nobody has them', async () => {
    expect((await run(failing, {})).error).toBe(NEEDS_MODELS)
    const unavailable = () => ({
      run: async () => {
        throw new UserError('RELEASE_CODE_UNAVAILABLE', 'no babel')
      },
    })
    expect((await run(failing, { withModels: unavailable })).error).toBe(NEEDS_MODELS)
  })

  test('fails with what the second run fails with', async () => {
    const broken = new UserError('SCRIPT_FAILED', 'ValueError')
    const second = () => ({
      run: async () => {
        throw broken
      },
    })
    expect((await run(failing, { withModels: second })).error).toBe(broken)
    const { rows, findings } = await run(failing, { withModels: second, keepGoing: true })
    expect(rows).toEqual([])
    expect(findings.map(({ code }) => code)).toContain('SCRIPT_FAILED')
  })
})
