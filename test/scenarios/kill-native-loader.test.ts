import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { CommandBench } from '../support/command-bench.js'
import { testBinaries } from '../support/engines.js'
import { type FollowedRun, followMoult } from '../support/event-stream.js'
import { told } from '../support/kill-suite.js'
import { OLDER_SHOP, writeNativeRelease } from '../support/native-release.js'
import { type RunFacts, readRunFacts } from '../support/run-facts.js'

const HOOK = pathToFileURL(join(import.meta.dirname, '../support/kill-hook.mjs')).href
const TIMEOUT = 600_000
/** More attempts than the run has boundaries: it does not get on. */
const MOST_KILLS = 60

const hasServer = (await testBinaries()).length > 0

describe.skipIf(!hasServer)("an upgrade by moult's own loader, on a managed server", () => {
  const bench = new CommandBench('managed')
  let undisturbed: RunFacts
  let commits = 0

  /** Runs the command; `moment` says at which of its commits it is killed. */
  function run(args: readonly string[], moment?: string): Promise<FollowedRun> {
    const variables = {
      NODE_OPTIONS: `--import=${HOOK}`,
      MOULT_TEST_COUNT: bench.path('counts.json'),
      ...(moment !== undefined && { MOULT_TEST_KILL: moment }),
    }
    return followMoult({ ...bench.place, variables }, [...args, '--engine', 'managed'])
  }

  function upgrade(into: string, moment?: string): Promise<FollowedRun> {
    const source = ['upgrade', 'older', '--into', into, '--to', '16.0', '--loader', 'native']
    return run([...source, '--addons-path', bench.path('release')], moment)
  }

  beforeAll(async () => {
    await writeNativeRelease(bench.path('release'))
    await bench.database('older', '15.0', { shop: {}, extra: { depends: ['shop'] } }, OLDER_SHOP)
    const done = await upgrade('undisturbed')
    expectDone(done)
    const counted = JSON.parse(await readFile(bench.path('counts.json'), 'utf8'))
    commits = (counted as { readonly commits: number }).commits
    const rows = await bench.column(
      'undisturbed',
      `SELECT name ->> 'en_US' || ' ' || code FROM shop ORDER BY id`,
    )
    expect(rows).toEqual(['One 1', 'Mine c3', 'Same c4', 'Same again c5', 'Two 2', 'Three 3'])
    undisturbed = await bench.inside('undisturbed', readRunFacts)
    expect(undisturbed.scriptRoles).toEqual([])
  }, TIMEOUT)

  test('gives the same database twice, ids and positions of sequences included', {
    timeout: TIMEOUT,
  }, async () => {
    expectDone(await upgrade('again'))
    expect(await factsOf('again')).toEqual(undisturbed)
  })

  test.each(['before', 'after'] as const)(
    'killed right %s each of its commits, it ends as if nothing had happened',
    { timeout: TIMEOUT },
    async (side) => {
      const name = `killed_${side}`
      // The first commit of a resumed run is its own record; that of a step follows.
      const next = side === 'before' ? 3 : 2
      let killed = 0
      let attempt = await upgrade(name, `${side}:${next}`)
      while (attempt.exit === null && killed < MOST_KILLS) {
        killed += 1
        attempt = await run(['resume', name], `${side}:${next}`)
        // Killed before it had its name, it is no run yet.
        if (attempt.error?.code === 'RUN_UNKNOWN' || attempt.error?.code === 'DATABASE_UNKNOWN') {
          attempt = await upgrade(name, `${side}:${next + killed}`)
        }
      }
      if (attempt.error?.code !== 'RUN_FINISHED') expectDone(attempt)
      expect(killed).toBeGreaterThanOrEqual(commits - 4)
      expect(await factsOf(name)).toEqual(undisturbed)
    },
  )

  /** The run's name of the database is in its request; nothing else is. */
  async function factsOf(name: string): Promise<RunFacts> {
    const facts = await bench.inside(name, readRunFacts)
    const journal = JSON.parse(JSON.stringify(facts.journal).replaceAll(name, 'undisturbed'))
    return { ...facts, journal }
  }
})

/** Findings that a person should look at are part of a run that went well. */
function expectDone(run: FollowedRun): void {
  expect(run.error, told(run)).toBeUndefined()
  expect([0, 1], told(run)).toContain(run.exit)
}
