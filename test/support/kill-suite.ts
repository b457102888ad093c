import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FollowedRun, RunningCommand, StreamedEvent } from './event-stream.js'
import { killCount, randomMoments, spread } from './kill-moments.js'
import {
  openWorkshopBench,
  type WorkshopBench,
  type WorkshopEngine,
  type WorkshopFacts,
} from './workshop-bench.js'

/** Steps of both hops of the example; the suite says so when it is no longer true. */
const BOUNDARIES = 37
/** Steps between two kills of a run that is killed more than once. */
const STEPS_BETWEEN = 8

/** A killed run and its resumption on a machine that has other work to do. */
const TIMEOUT = 240_000

/** What the tests of an engine share. */
export interface KillBench {
  readonly bench: WorkshopBench
  /** The facts of a run that nothing happened to. */
  readonly undisturbed: WorkshopFacts
  /** A name that no database has. */
  nextName(): string
  /** Resumes a run, which must get through. */
  finish(database: string): Promise<void>
}

/**
 * Upgrades the example again and again, ends the process at boundaries of steps and at random moments, resumes
 * it, and compares the database with the one of an undisturbed run. `more` adds tests of its own.
 */
export function killSuite(engine: WorkshopEngine, more?: (shared: () => KillBench) => void): void {
  let shared: KillBench
  let duration = 0
  const counts = killCount(BOUNDARIES)

  beforeAll(async () => {
    const bench = await openWorkshopBench(engine)
    const run = await bench.upgrade('undisturbed')
    expect(run.exit, told(run)).toBe(0)
    expect(run.events.filter(({ event }) => event === 'stepFinished')).toHaveLength(BOUNDARIES)
    duration = run.milliseconds
    const undisturbed = await bench.takeFacts('undisturbed')
    expect(undisturbed.scriptRoles).toEqual([])
    let names = 0
    shared = {
      bench,
      undisturbed,
      nextName: () => `disturbed_${String(++names)}`,
      finish: async (database) => {
        const resumed = await bench.resume(database)
        if (resumed.error?.code !== 'RUN_FINISHED') expect(resumed.exit, told(resumed)).toBe(0)
      },
    }
  }, TIMEOUT)
  afterAll(() => shared?.bench.close())

  describe(`an upgrade on the ${engine} engine`, { timeout: TIMEOUT }, () => {
    test.each(spread(BOUNDARIES, counts.boundaries))(
      'killed right behind step %d ends as if nothing had happened',
      async (boundary) => {
        const { bench, undisturbed, nextName, finish } = shared
        const name = nextName()
        const killed = await bench.upgrade(name, killBehind(boundary))
        expect(killed.exit, told(killed)).toBeNull()
        await finish(name)
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      },
    )

    test.each(randomMoments(counts.random))(
      'killed at the moment %d of its time ends as if nothing had happened',
      async (moment) => {
        const { bench, undisturbed, nextName, finish } = shared
        const name = nextName()
        let timer: NodeJS.Timeout | undefined
        const killed = await bench.upgrade(name, (_, command) => {
          timer ??= setTimeout(() => command.kill(), moment * duration)
        })
        clearTimeout(timer)
        // One that is quicker than the first may be through before.
        if (killed.exit === null) await finish(name)
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      },
    )

    test('killed, resumed and killed again ends as if nothing had happened', async () => {
      const { bench, undisturbed, nextName } = shared
      const name = nextName()
      let run = await bench.upgrade(name, killBehind(STEPS_BETWEEN))
      let kills = 0
      while (run.exit === null) {
        kills += 1
        run = await bench.resume(name, killBehind(STEPS_BETWEEN))
      }
      expect(run.exit, told(run)).toBe(0)
      expect(kills).toBe(Math.floor(BOUNDARIES / STEPS_BETWEEN))
      expect(await bench.takeFacts(name)).toEqual(undisturbed)
    })

    more?.(() => shared)
  })
}

/** What to show of a run that did not end as it should. */
export function told({ stderr, error }: FollowedRun): string {
  return `${stderr}\n${JSON.stringify(error)}`
}

function killBehind(steps: number): (event: StreamedEvent, command: RunningCommand) => void {
  let seen = 0
  return ({ event }, command) => {
    if (event !== 'stepFinished') return
    seen += 1
    if (seen === steps) command.kill()
  }
}
