import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../../../test/support/temporary-folder.js'
import type { Finding } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import { type ScriptHost, SqlHost } from '../../scripts/hosts/index.js'
import type { HopPlan } from '../planning/index.js'
import { ForeignScriptRunner, type ForeignScriptScope, foreignScripts } from './foreign-scripts.js'
import type { ScriptUse } from './run-script.js'

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const at = (name: string): string => join(folder.path, name)

function planOf(names: readonly string[]): HopPlan {
  return {
    from: '15.0',
    to: '16.0',
    profile: 'odoo',
    loader: { choice: 'odoo', reason: '' },
    steps: [],
    modules: [],
    findings: [],
    decisions: names.map((name) => ({
      module: 'm',
      selected: true,
      reason: 'in-range',
      path: at(name),
      directory: '1.0',
      phase: name.startsWith('pre') ? 'pre' : 'post',
      source: 'upgrade',
    })),
  }
}

describe("scripts in other languages among those of Odoo's loader", () => {
  const cluster = useEngine(embeddedInMemory)

  interface Bench {
    readonly run: (name: string) => Promise<unknown>
    readonly runner: ForeignScriptRunner
    readonly findings: Finding[]
    readonly uses: ScriptUse[]
    readonly entries: () => Promise<unknown>
  }

  /** A run in a transaction with a table `log`, which is rolled back. */
  function inRun(
    names: readonly string[],
    body: (bench: Bench) => Promise<void>,
    more: Partial<ForeignScriptScope> = {},
  ): Promise<void> {
    return cluster().withSession(cluster().maintenanceDatabase, async (session) => {
      const findings: Finding[] = []
      const uses: ScriptUse[] = []
      const runner = new ForeignScriptRunner(planOf(names), {
        host: async () => new SqlHost(),
        operations: (use) => {
          uses.push(use)
          return {}
        },
        log: () => {},
        addFinding: (finding) => findings.push(finding),
        signal: new AbortController().signal,
        limits: {},
        keepGoing: false,
        ...more,
      })
      const operations = runner.operations(session)
      const run = async (name: string): Promise<unknown> =>
        operations['loader.run_script']?.([at(name), 'm', 'pre', '1.0', '15.0.1'], new Map())
      await session.execute(raw('BEGIN; CREATE TABLE log (entry text)'))
      try {
        await body({ run, runner, findings, uses, entries: () => entriesOf(session) })
      } finally {
        await session.execute(raw('ROLLBACK'))
      }
    })
  }

  async function entriesOf(session: Session): Promise<unknown> {
    const { rows } = await session.query<{ entry: string }>(raw('SELECT entry FROM log'))
    return rows.map(({ entry }) => entry)
  }

  test('are those of the plan that are not Python', () => {
    const plan = planOf(['pre-a.py', 'pre-b.sql', 'post-c.ts'])
    expect(foreignScripts(plan).map(({ file }) => file)).toEqual([at('pre-b.sql'), at('post-c.ts')])
  })

  test('run on the session that Odoo works on', async () => {
    await writeFile(at('pre-b.sql'), "INSERT INTO log VALUES ('sql')")
    await inRun(['pre-b.sql'], async ({ run, entries }) => {
      await run('pre-b.sql')
      expect(await entries()).toEqual(['sql'])
    })
  })

  test('see as loaded what Odoo has loaded before, and their own module once it is', async () => {
    await writeFile(at('pre-b.sql'), 'SELECT 1')
    await writeFile(at('post-b.sql'), 'SELECT 1')
    await inRun(['pre-b.sql', 'post-b.sql'], async ({ run, runner, uses }) => {
      for (const module of ['base', 'web', 'm']) runner.startModule(module)
      await run('pre-b.sql')
      await run('post-b.sql')
      expect(uses.map(({ loadedModules }) => [...loadedModules])).toEqual([
        ['base', 'web'],
        ['base', 'web', 'm'],
      ])
    })
  })

  test('are told the version before the upgrade', async () => {
    const calls: unknown[] = []
    const host: ScriptHost = {
      run: async ({ installedVersion, module, phase, directory }) => {
        calls.push({ installedVersion, module, phase, directory })
      },
      close: async () => {},
    }
    await inRun(['pre-b.sql'], async ({ run }) => void (await run('pre-b.sql')), {
      host: async () => host,
    })
    expect(calls).toEqual([
      { installedVersion: '15.0.1', module: 'm', phase: 'pre', directory: '1.0' },
    ])
  })

  test('are no others than those of the plan, whatever the guest says', async () => {
    await writeFile(at('pre-evil.sql'), "INSERT INTO log VALUES ('evil')")
    await inRun(['pre-b.sql'], async ({ run, entries }) => {
      await expect(run('pre-evil.sql')).rejects.toMatchObject({ kind: 'value' })
      expect(await entries()).toEqual([])
    })
  })

  test('end the run with their own error, place and module when they fail', async () => {
    await writeFile(at('pre-bad.sql'), 'SELECT 1;\nSELECT missing')
    await inRun(['pre-bad.sql'], async ({ run, runner }) => {
      await expect(run('pre-bad.sql')).rejects.toMatchObject({ code: 'SCRIPT_FAILED' })
      expect(runner.failure).toMatchObject({
        code: 'SCRIPT_FAILED',
        place: { file: at('pre-bad.sql'), line: 2 },
        data: { module: 'm' },
      })
    })
  })

  test('are undone and told when the run is to go on', async () => {
    await writeFile(at('pre-bad.sql'), "INSERT INTO log VALUES ('half'); SELECT missing")
    await inRun(
      ['pre-bad.sql'],
      async ({ run, runner, findings, entries }) => {
        await run('pre-bad.sql')
        expect(runner.failure).toBeUndefined()
        expect(findings).toMatchObject([{ code: 'SCRIPT_FAILED', severity: 'error' }])
        expect(await entries()).toEqual([])
      },
      { keepGoing: true },
    )
  })
})
