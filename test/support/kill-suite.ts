import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FollowedRun } from './event-stream.js'
import { killCount, randomMoments, spread } from './kill-moments.js'
import {
  openWorkshopBench,
  type WorkshopBench,
  type WorkshopEngine,
  type WorkshopFacts,
} from './workshop-bench.js'

/** Steps of both hops of the example; a test says so when it is no longer true. */
const BOUNDARIES = 37

/**
 * Upgrades the example again and again, ends the process at boundaries of steps and at random moments, resumes
 * it, and compares the database with the one of an undisturbed run.
 */
export function killSuite(engine: WorkshopEngine): void {
  let bench: WorkshopBench
  let undisturbed: WorkshopFacts
  let duration = 0
  let names = 0
  const nextName = (): string => `kill_${String(++names)}`
  const counts = killCount(BOUNDARIES)

  beforeAll(async () => {
    bench = await openWorkshopBench(engine)
    const run = await bench.upgrade('undisturbed')
    expect(run.exit, run.stderr + JSON.stringify(run.error)).toBe(0)
    duration = run.milliseconds
    expect(boundariesOf(run)).toBe(BOUNDARIES)
    undisturbed = await bench.takeFacts('undisturbed')
    expect(undisturbed.scriptRoles).toEqual([])
  })
  afterAll(() => bench?.close())

  /** Goes on after a kill until the run is through. */
  async function finish(database: string): Promise<void> {
    const run = await bench.resume(database)
    if (run.error?.code === 'RUN_FINISHED') return
    expect(run.exit, run.stderr + JSON.stringify(run.error)).toBe(0)
  }

  describe(`killed on the ${engine} engine`, () => {
    test.each(spread(BOUNDARIES, counts.boundaries))(
      'right behind step %d, it ends as if nothing had happened',
      async (boundary) => {
        const name = nextName()
        let steps = 0
        const killed = await bench.upgrade(name, ({ event }, command) => {
          if (event !== 'stepFinished') return
          steps += 1
          if (steps === boundary) command.kill()
        })
        expect(killed.exit).toBeNull()
        await finish(name)
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      },
    )

    test.each(randomMoments(counts.random))(
      'at the moment %d of its time, it ends as if nothing had happened',
      async (moment) => {
        const name = nextName()
        let timer: NodeJS.Timeout | undefined
        const killed = await bench.upgrade(name, (_, command) => {
          timer ??= setTimeout(() => command.kill(), moment * duration)
        })
        clearTimeout(timer)
        // A quicker run than the first one may be through before.
        if (killed.exit === null) await finish(name)
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      },
    )

    test('again and again, it still ends as if nothing had happened', async () => {
      const name = nextName()
      const every = Math.max(3, Math.ceil(BOUNDARIES / Math.max(1, counts.boundaries)))
      const killAfter = (steps: number) => {
        let seen = 0
        return ({ event }: { event: string }, command: { kill(): void }): void => {
          if (event === 'stepFinished') seen += 1
          if (seen === steps) command.kill()
        }
      }
      let run = await bench.upgrade(name, killAfter(every))
      let kills = 0
      while (run.exit === null) {
        kills += 1
        run = await bench.resume(name, killAfter(every))
      }
      expect(kills).toBeGreaterThan(2)
      if (run.error?.code !== 'RUN_FINISHED') expect(run.exit, run.stderr).toBe(0)
      expect(await bench.takeFacts(name)).toEqual(undisturbed)
    })
  })
}

function boundariesOf(run: FollowedRun): number {
  return run.events.filter(({ event }) => event === 'stepFinished').length
}
