import { describe, expect, test } from 'vitest'
import { Progress } from '../../../src/base/index.js'
import { raw, type Session } from '../../../src/db/index.js'
import { sqlOperations, WatchedSession } from '../../../src/scripts/hosts/index.js'
import type { GuestOperations } from '../../../src/scripts/values/index.js'
import { CommitGate } from '../../../src/upgrade/odoo-loader/commit-gate.js'
import { transactionOperations } from '../../../src/upgrade/odoo-loader/transaction-operations.js'
import { withJournalSession } from '../../../src/upgrade/runner/index.js'
import { createRun, prepareJournal } from '../../../src/upgrade/runner/journal/index.js'
import { withRunSession } from '../../../src/upgrade/runner/run-session.js'
import {
  prepareScriptRole,
  releaseScriptRole,
  type ScriptRole,
} from '../../../src/upgrade/runner/script-role.js'
import { benchEngines, requestOf, UpgradeBench } from '../../support/upgrade-bench.js'
import { ATTACKS } from './attacks.js'

const JOURNAL = `
  SELECT (SELECT count(*) FROM moult.journal_run) || ' ' || (SELECT count(*) FROM moult.journal_step) || ' ' ||
         (SELECT count(*) FROM pg_class WHERE relnamespace = 'moult'::regnamespace) || ' ' ||
         (SELECT md5(string_agg(prosrc, '' ORDER BY proname)) FROM pg_proc WHERE pronamespace = 'moult'::regnamespace)`
const ESCAPED = "SELECT rolname FROM pg_roles WHERE rolname = 'escaped'"
const NOTHING = async (): Promise<void> => {}

describe.each(await benchEngines())("scripts that Odoo's own loader runs on $name", (engine) => {
  if (engine.unavailable !== undefined) return test.skip(engine.name)
  const bench = new UpgradeBench(engine)

  /** What a guest has of the session while a module is under way. */
  function operationsOn(session: Session): GuestOperations {
    const gate = new CommitGate({ honoursAll: false, onWithheld: () => {} })
    const watched = new WatchedSession(session, { onStatement: () => {}, onRows: () => {} })
    gate.close()
    return {
      ...sqlOperations({ session: watched, commit: NOTHING, rollback: NOTHING }),
      ...transactionOperations(session, gate),
    }
  }

  test('neither change the journal nor reach beyond their database', async () => {
    const other = await bench.database('16.0', {})
    const database = await bench.database('16.0', { a: {} })
    await bench.inside(database, (session) =>
      session.execute(raw('CREATE TABLE IF NOT EXISTS log (id serial, entry text)')),
    )
    const [admin] = await bench.column(database, 'SELECT current_user')
    const tree = await bench.tree('17.0', { a: {} })
    const role = await withJournalSession(bench.host, database, async (session) => {
      await prepareJournal(session)
      await createRun(session, requestOf({ to: '17.0', tree }))
      return prepareScriptRole(session)
    })
    const journal = await bench.column(database, JOURNAL)
    const names: Readonly<Record<string, string>> = {
      OTHER: other,
      OWN: database,
      ADMIN: String(admin),
    }
    const refused: string[] = []
    for (const [name, { sql }] of Object.entries(ATTACKS)) {
      const texts = sql.map((text) => text.replaceAll(/\b(OTHER|OWN|ADMIN)\b/g, fill(names)))
      if (!(await passes(database, role, texts))) refused.push(name)
    }
    const wanted = Object.entries(ATTACKS).flatMap(([name, { passes: may }]) => (may ? [] : [name]))
    // One that may pass needs what another left behind, which is undone here.
    expect(refused).toEqual(expect.arrayContaining(wanted))
    expect(await bench.column(database, JOURNAL)).toEqual(journal)
    expect(await bench.column(other, ESCAPED)).toEqual([])
    await withJournalSession(bench.host, database, async (session) => {
      if (role !== undefined) await releaseScriptRole(session, role)
    })
  })

  /** Whether statements run, in a transaction that is undone and whose commit is left out. */
  async function passes(
    database: string,
    role: ScriptRole | undefined,
    texts: readonly string[],
  ): Promise<boolean> {
    const { signal } = new Progress()
    return withRunSession(bench.host, database, role, signal, async (session) => {
      const operations = operationsOn(session)
      await operations.begin?.([], new Map())
      try {
        for (const text of texts) await operations.sql?.([text], new Map())
        await operations.commit?.([], new Map())
        return true
      } catch {
        return false
      } finally {
        await session.send('ROLLBACK')
      }
    })
  }
})

function fill(names: Readonly<Record<string, string>>): (word: string) => string {
  return (word) => names[word] ?? word
}
