import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FollowedRun } from '../support/event-stream.js'
import { randomMoments } from '../support/kill-moments.js'
import { told } from '../support/kill-suite.js'
import {
  type Counts,
  type KillMoment,
  type LoaderBench,
  type LoaderSetting,
  missingForLoader,
  openLoaderBench,
} from '../support/loader-bench.js'
import type { LoaderFacts } from '../support/loader-facts.js'

/** Upgrades take half a minute each: MOULT_KILLS says how many random moments are tried. */
const kills = process.env.MOULT_KILLS === 'all' ? 50 : Number(process.env.MOULT_KILLS ?? 0)
/** `CPython` or `embedded`; both unless said. */
const only = process.env.MOULT_TEST_LOADER_PYTHON

const needs =
  missingForLoader.length > 0
    ? ` (skipped without ${missingForLoader.join(', ')})`
    : kills > 0
      ? ''
      : ' (skipped without MOULT_KILLS)'

const HOUR = 3_600_000
/** A run is killed within this share of its statements, so that each attempt gets somewhere. */
const REACH = 0.7

const ALL: readonly LoaderSetting[] = [
  { engine: 'managed', python: 'CPython' },
  { engine: 'embedded', python: 'embedded' },
]
const settings = ALL.filter(({ python }) => only === undefined || python === only)

/** Findings that a person should look at are part of a run that went well. */
function expectDone(run: FollowedRun): void {
  expect(run.error, told(run)).toBeUndefined()
  expect([0, 1], told(run)).toContain(run.exit)
}

describe.skipIf(needs !== '').each(settings)(
  `an upgrade by Odoo 16's own loader, $engine, $python Python${needs}`,
  (setting) => {
    let bench: LoaderBench
    let undisturbed: LoaderFacts
    let counts: Counts
    let names = 0

    beforeAll(async () => {
      bench = await openLoaderBench(setting)
      const run = await bench.upgrade('undisturbed')
      expectDone(run)
      counts = await bench.counts()
      undisturbed = await bench.takeFacts('undisturbed')
      expect(undisturbed.scriptRoles).toEqual([])
    }, HOUR)
    afterAll(() => bench?.close())

    /** Kills a run again and again until it gets through; returns how often. */
    async function disturb(name: string, moments: (attempt: number) => KillMoment | undefined) {
      let killed = 0
      let run = await bench.upgrade(name, moments(0))
      while (run.exit === null) {
        killed += 1
        run = await bench.resume(name, moments(killed))
        // Killed before it had its name, it is no run yet; killed behind its end, none any more.
        if (run.error?.code === 'RUN_UNKNOWN' || run.error?.code === 'DATABASE_UNKNOWN') {
          run = await bench.upgrade(name, moments(killed))
        }
        if (run.error?.code === 'RUN_FINISHED') return killed
      }
      expectDone(run)
      return killed
    }

    test('gives the same database twice', { timeout: HOUR }, async () => {
      const name = nextName()
      const run = await bench.upgrade(name)
      expectDone(run)
      expect(await bench.takeFacts(name)).toEqual(undisturbed)
    })

    test.each(['before', 'after'] as const)(
      'killed right %s each of its commits, it ends as if nothing had happened',
      { timeout: HOUR },
      async (side) => {
        const name = nextName()
        // The first commit of an attempt is its own record; one of a module follows in each.
        const next = side === 'before' ? 3 : 2
        const killed = await disturb(name, (attempt) => `${side}:${attempt === 0 ? 4 : next}`)
        expect(killed).toBeGreaterThanOrEqual(counts.commits - 7)
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      },
    )

    test('killed at its last commits, it ends as if nothing had happened', {
      timeout: HOUR,
    }, async () => {
      for (const back of [3, 2, 1, 0]) {
        const name = nextName()
        const moment: KillMoment = `before:${counts.commits - back}`
        expect(await disturb(name, (attempt) => (attempt === 0 ? moment : undefined))).toBe(1)
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      }
    })

    test(`killed at ${kills} random moments, it ends as if nothing had happened`, {
      timeout: HOUR,
    }, async () => {
      const moments = randomMoments(kills)
      let used = 0
      while (used < moments.length) {
        const name = nextName()
        await disturb(name, () => {
          const moment = moments[used]
          if (moment === undefined) return undefined
          used += 1
          return `at:${1 + Math.floor(moment * REACH * counts.statements)}`
        })
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      }
    })

    test('goes on from a checkpoint as if nothing had happened', { timeout: HOUR }, async () => {
      const name = nextName()
      const run = await bench.upgrade(name, undefined, ['--checkpoint', 'web'])
      expectDone(run)
      const made = run.events.filter(({ event }) => event === 'checkpointMade')
      expect(made).toHaveLength(1)
      const again = await bench.resume(name, undefined, ['--from', 'web:load'])
      expectDone(again)
      const { scriptRoles, ...facts } = await bench.takeFacts(name)
      // A checkpoint that the role still owns keeps it.
      expect(scriptRoles.length).toBeLessThanOrEqual(1)
      expect({ ...facts, scriptRoles: [] }).toEqual(undisturbed)
    })

    function nextName(): string {
      names += 1
      return `disturbed_${String(names)}`
    }
  },
)
