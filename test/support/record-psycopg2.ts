/**
 * Records what the real psycopg2 answers to the cases of test/guest/fixtures/psycopg2, on every managed
 * PostgreSQL found: `npx jiti test/support/record-psycopg2.ts [PYTHON]`. The Python must have psycopg2 2.9.5.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startManaged } from '../../src/db/index.js'
import { testBinaries } from './engines.js'
import { temporaryFolder } from './temporary-folder.js'

type Outcomes = Readonly<Record<string, string>>

const CASES = fileURLToPath(new URL('../guest/fixtures/psycopg2/', import.meta.url))
const SOURCE =
  'import json, sys; sys.path.insert(0, sys.argv[1]); from run_cases import run_cases;' +
  ' import psycopg2; assert psycopg2.__version__.startswith("2.9.5"); print(json.dumps(run_cases()))'

async function recordAll(python: string): Promise<void> {
  const byMajor: Record<string, Outcomes> = {}
  for (const binaries of await testBinaries()) {
    const folder = await temporaryFolder()
    const cluster = await startManaged({ directory: `${folder.path}/managed`, binaries })
    try {
      const environment = cluster.environment?.(cluster.maintenanceDatabase)
      const output = execFileSync(python, ['-B', '-c', SOURCE, CASES], {
        env: { ...process.env, ...environment },
        maxBuffer: 2 ** 28,
      })
      byMajor[binaries.major] = JSON.parse(output.toString()) as Outcomes
    } finally {
      await cluster.close()
      await folder.remove()
    }
  }
  writeFileSync(`${CASES}recorded.json`, `${JSON.stringify(compact(byMajor), undefined, 1)}\n`)
}

/** What all servers agree on once, the rest by major version. */
function compact(byMajor: Readonly<Record<string, Outcomes>>): object {
  const [first = {}, ...others] = Object.values(byMajor)
  const same = Object.keys(first).filter((name) =>
    others.every((other) => other[name] === first[name]),
  )
  const pick = (outcomes: Outcomes, agreed: boolean) =>
    Object.fromEntries(Object.entries(outcomes).filter(([name]) => same.includes(name) === agreed))
  const different = Object.entries(byMajor).map(([major, all]) => [major, pick(all, false)])
  return { everywhere: pick(first, true), ...Object.fromEntries(different) }
}

await recordAll(process.argv[2] ?? '/usr/bin/python3')
