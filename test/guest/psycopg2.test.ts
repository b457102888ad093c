import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../src/db/index.js'
import { embeddedInMemory, managedEngines, type TestEngine, useEngine } from '../support/engines.js'
import {
  cpythonGuest,
  type Psycopg2Guest,
  pyodideGuest,
  withAnswers,
} from '../support/psycopg2-guest.js'

type Outcomes = Readonly<Record<string, string>>

const recorded = JSON.parse(
  readFileSync(new URL('fixtures/psycopg2/recorded.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Outcomes>>

const RUN_ALL = 'from run_cases import run_cases\nresult = run_cases()'

/** Where ours answers otherwise, on purpose. */
const DIFFERENT: Outcomes = {
  // The original asks the server to close a cursor that a rollback has closed, which spoils the transaction.
  'cursor named_closed_after_rollback': '[(1)]',
}

const python = process.env.MOULT_TEST_PYTHON ?? '/usr/bin/python3'
const pythonMissing = spawnSync(python, ['--version']).status !== 0

const servers = (await managedEngines()).filter(({ unavailable }) => unavailable === undefined)

const guests = [
  {
    name: pythonMissing ? `CPython: ${python} is not on this machine` : 'CPython',
    missing: pythonMissing,
    open: async (ask: (question: string) => Promise<string>) => cpythonGuest(python, ask),
  },
  { name: 'Pyodide', missing: false, open: pyodideGuest },
]

/** Runs `body` with an interpreter that works on a session of the engine's. */
async function withGuest(
  session: Session,
  open: (typeof guests)[number]['open'],
  body: (guest: Psycopg2Guest) => Promise<void>,
): Promise<void> {
  await withAnswers(session, async (ask) => {
    const guest = await open(ask)
    try {
      await body(guest)
    } finally {
      await guest.close()
    }
  })
}

function expectedOn(session: Session): Outcomes {
  const major = String(Math.floor(session.serverVersion / 10000))
  return { ...recorded.everywhere, ...recorded[major], ...DIFFERENT }
}

describe('the cases that were recorded', () => {
  it.each([
    ['113 ways of putting parameters into statements', /^(value|format) /, 113],
    ['60 types of results', /^result /, 60],
    ['20 kinds of statements', /^statement /, 20],
    ['23 errors', /^error /, 23],
  ])('are at least %s', (_name, pattern, count) => {
    const names = Object.keys(recorded.everywhere ?? {}).filter((name) => pattern.test(name))
    expect(names.length).toBeGreaterThanOrEqual(count)
  })
})

describe.each(guests)('psycopg2 in $name', ({ missing, open }) => {
  describe.skipIf(missing).each([embeddedInMemory, ...servers])('on $name', (engine) => {
    answersAsRecorded(engine, open)
  })
})

function answersAsRecorded(engine: TestEngine, open: (typeof guests)[number]['open']): void {
  const cluster = useEngine(engine)
  let expected: Outcomes = {}
  let outcomes: Outcomes = {}
  beforeAll(async () => {
    await cluster().withSession(cluster().maintenanceDatabase, async (session) => {
      expected = expectedOn(session)
      await withGuest(session, open, async (guest) => {
        outcomes = (await guest.run(RUN_ALL)) as Outcomes
      })
    })
  })
  afterAll(() => {
    outcomes = {}
  })

  it.each([
    ['parameters in statements (items 2, 6 to 13)', /^(value|format) /],
    ['results of all types (items 3, 5)', /^(result|zone) /],
    ['statements and what cursors say of them (items 15 to 17)', /^statement /],
    ['errors, their texts and classes (items 18 to 21)', /^(error|fields of) /],
    ['cursors and connections (items 5, 8, 9, 18, 22, 24)', /^cursor /],
    ['rows by name, batches, composed SQL, casters (items 11 to 14)', /^(extras|refused:) /],
  ])('answers as the original: %s', (_name, pattern) => {
    const pick = (all: Outcomes) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => pattern.test(name)))
    expect(pick(outcomes)).toEqual(pick(onlyKnown(expected, outcomes)))
  })

  it('has run every case', () => {
    expect(Object.keys(outcomes).length).toBeGreaterThan(500)
    expect(Object.keys(expected).filter((name) => !(name in outcomes))).toEqual([])
  })
}

/** Without the cases that depend on the version of PostgreSQL, where this one was not recorded. */
function onlyKnown(expected: Outcomes, outcomes: Outcomes): Outcomes {
  const unknown = Object.keys(recorded['18'] ?? {}).filter((name) => !(name in expected))
  const answered = unknown.map((name) => [name, outcomes[name] ?? 'no answer'] as const)
  return { ...expected, ...Object.fromEntries(answered) }
}
