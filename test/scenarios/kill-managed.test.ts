import { describe, expect, test } from 'vitest'
import { sql } from '../../src/db/index.js'
import { testBinaries } from '../support/engines.js'
import { type KillBench, killSuite, told } from '../support/kill-suite.js'

const hasServer = (await testBinaries()).length > 0

/** Steps during which all connections to the database are cut. */
const CUT_STEPS = ['base:pre', 'workshop:pre', 'workshop_contact:post']

describe.skipIf(!hasServer)('with the programs of a PostgreSQL server on this machine', () => {
  killSuite('managed', (shared) => {
    test.each(CUT_STEPS)(
      'whose connections are cut in %s ends as if nothing had happened',
      async (step) => {
        const { bench, undisturbed, nextName, finish } = shared()
        const name = nextName()
        const cuts: Promise<number>[] = []
        const run = await bench.upgrade(name, (event) => {
          if (event.event === 'stepStarted' && event.name === step && cuts.length === 0) {
            cuts.push(cutConnections(shared(), name))
          }
        })
        expect(await cuts[0]).toBeGreaterThan(0)
        expect(run.exit, told(run)).toBe(3)
        expect(run.error?.code, told(run)).toBe('CONNECTION_LOST')
        await finish(name)
        expect(await bench.takeFacts(name)).toEqual(undisturbed)
      },
    )
  })
})

/** As an administrator or a restart of the server would; returns how many there were. */
function cutConnections({ bench }: KillBench, database: string): Promise<number> {
  return bench.withHost(({ cluster }) =>
    cluster.withSession(cluster.maintenanceDatabase, async (session) => {
      const { rows } = await session.query(
        sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${database}`,
      )
      return rows.length
    }),
  )
}
