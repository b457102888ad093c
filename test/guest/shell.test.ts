import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Findings, Progress } from '../../src/base/index.js'
import { createWorkshop } from '../../src/databases/example/index.js'
import {
  createEmptyDatabase,
  type DatabaseHost,
  filestoreOf,
} from '../../src/databases/manager/index.js'
import { firstRow, raw } from '../../src/db/index.js'
import { readAddonsTree } from '../../src/odoo/addons/index.js'
import { parseRelease, type Release } from '../../src/odoo/release/index.js'
import type { ScriptLog } from '../../src/scripts/hosts/index.js'
import { type Shell, type ShellFacts, type ShellOptions, withShell } from '../../src/shell/index.js'
import { embeddedOnDisk, testCache } from '../support/engines.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { guestOptions, odooInterpreters, restoreOdoo, withoutOdoo } from './native-support.js'

/** A prompt, and what it has printed since it was asked last. */
interface Bench {
  readonly shell: Shell
  readonly facts: ShellFacts
  readonly printed: () => string
  readonly type: (...lines: readonly string[]) => Promise<string>
}

function releaseOf(series: string): Release {
  const release = parseRelease(series)
  if (release === undefined) throw new Error(`${series} is no release`)
  return release
}

async function inShell(
  given: Pick<ShellOptions, 'host' | 'database' | 'release'> & Partial<ShellOptions>,
  body: (bench: Bench) => Promise<void>,
): Promise<void> {
  const lines: ScriptLog[] = []
  const printed = (): string =>
    lines
      .splice(0)
      .filter(({ logger }) => logger === 'stdout' || logger === 'stderr' || logger === 'moult')
      .map(({ text }) => text)
      .join('\n')
  const options: ShellOptions = {
    tree: undefined,
    interpreter: 'embedded',
    packages: [],
    cache: testCache,
    commits: false,
    log: (line) => lines.push(line),
    progress: new Progress(),
    ...given,
  }
  await withShell(options, async (shell, facts) => {
    const type = async (...typed: readonly string[]): Promise<string> => {
      for (const line of typed) await shell.push(line)
      return printed()
    }
    await body({ shell, facts, printed, type })
  })
}

/** What a prompt does whatever its models are; `name` is a field of partners in all of them. */
async function checkPrompt({ shell, printed, type }: Bench): Promise<void> {
  expect(await type('1 + 1')).toBe('2')
  expect(await type('for n in (1, 2):', '    print(n)', '')).toBe('1\n2')
  expect(await shell.push('def f():')).toEqual({ more: true, raised: false, exit: null })
  await shell.forgetLines()
  expect(await type('def (')).toContain('SyntaxError')
  expect(await type('partner = env["res.partner"].create({"name": "First"})')).toBe('')
  const failing = 'env["res.partner"].create({"name": "Second"}) and env.cr.execute("SELECT nope")'
  const traceback = await type(failing)
  expect(traceback).toContain('File "console", line 1, in <module>')
  expect(traceback).toContain('column "nope" does not exist')
  const search = 'env["res.partner"].search([("name", "in", ("First", "Second"))]).mapped("name")'
  expect(await type(search)).toBe("['First']")
  expect(await type('env.cr.commit()')).toContain('commit() keeps nothing without --commit')
  expect(await type('env.cr.execute("COMMIT")')).toContain('would begin or end the transaction')
  expect(await type('partner.name, self == env.user')).toBe("('First', True)")
  expect(await shell.complete('env["res.part')).toMatchObject({
    word: 'res.part',
    matches: expect.arrayContaining(['res.partner']),
  })
  expect((await shell.complete('x = partner.nam')).matches).toContain('name')
  expect((await shell.complete('pri')).matches).toEqual(['print'])
  expect(await shell.run('import sys\nprint(__name__)\nsys.exit(3)', 'mine.py')).toMatchObject({
    exit: 3,
  })
  expect(printed()).toBe('__main__')
  expect(await shell.run('\n1/0', 'mine.py')).toMatchObject({ raised: true, exit: null })
  expect(printed()).toContain('File "mine.py", line 2')
  expect(await shell.push('exit()')).toMatchObject({ exit: 0 })
}

test('a prompt without a source of Odoo has records, and leaves nothing behind', async () => {
  const folder = await temporaryFolder()
  const { cluster, close } = await embeddedOnDisk.open()
  try {
    const host: DatabaseHost = { cluster, filestoreRoot: join(folder.path, 'filestore') }
    await createEmptyDatabase(host, 'workshop')
    await cluster.withSession('workshop', (session) =>
      createWorkshop(session, filestoreOf(host, 'workshop')),
    )
    const place = { host, database: 'workshop', release: releaseOf('15.0') }
    await inShell(place, async (bench) => {
      expect(bench.facts.orm).toBe('moult')
      await expect(cluster.lock('workshop', 'upgrade')).rejects.toMatchObject({
        code: 'DATABASE_BUSY',
      })
      await checkPrompt(bench)
      await bench.shell.finish(false)
    })
    expect(await partnersCalled(host, 'workshop', 'First')).toBe(0)
    await inShell({ ...place, commits: true }, async ({ shell, type }) => {
      await type('_ = env["res.partner"].create({"name": "First"})')
      await shell.finish(true)
    })
    expect(await partnersCalled(host, 'workshop', 'First')).toBe(1)
  } finally {
    await close()
    await folder.remove()
  }
}, 120_000)

const needsOdoo = withoutOdoo === undefined ? '' : ` (skipped: ${withoutOdoo})`

describe.each(odooInterpreters())(
  `a prompt of Odoo 16's own in $name${needsOdoo}`,
  (interpreter) => {
    test.skipIf(withoutOdoo !== undefined || interpreter.unavailable !== undefined)(
      'has its models, computes, and leaves nothing behind',
      async () => {
        const folder = await temporaryFolder()
        const { host, close } = await restoreOdoo(folder.path)
        try {
          const { odoo, packages } = guestOptions(interpreter, filestoreOf(host, 'odoo'))
          const release = releaseOf('16.0')
          const addonsPath = [odoo, join(odoo, 'addons')].filter(existsSync)
          const tree = await readAddonsTree({ addonsPath, release }, new Progress(), new Findings())
          const options = {
            ...{ host, database: 'odoo', release, tree, packages },
            interpreter: interpreter.interpreter,
          }
          await inShell(options, async (bench) => {
            expect(bench.facts).toMatchObject({ orm: 'odoo', findings: [] })
            await checkPrompt(bench)
            expect(await bench.type('env["res.partner"].new({"name": "X"}).display_name')).toBe(
              "'X'",
            )
            expect(await bench.type('env.registry.ready, odoo.release.series')).toBe(
              "(True, '16.0')",
            )
            await bench.shell.finish(false)
          })
          expect(await partnersCalled(host, 'odoo', 'First')).toBe(0)
        } finally {
          await close()
          await folder.remove()
        }
      },
      300_000,
    )
  },
)

async function partnersCalled(host: DatabaseHost, database: string, name: string): Promise<number> {
  return host.cluster.withSession(database, async (session) => {
    const statement = raw(`SELECT count(*)::int AS n FROM res_partner WHERE name = '${name}'`)
    return (await firstRow<{ n: number }>(session, statement))?.n ?? -1
  })
}
