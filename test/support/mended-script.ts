import { createHash } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type KillBench, told } from './kill-suite.js'
import { temporaryFolder } from './temporary-folder.js'
import { WORKSHOP, type WorkshopFacts } from './workshop-bench.js'

/** One script of each language, and what makes it fail behind everything that it does. */
const BROKEN = [
  [
    '16.0/addons/workshop_loyalty/migrations/16.0.1.1.0/post-points.py',
    '\n    raise ValueError("broken")\n',
  ],
  [
    '17.0/addons/workshop_booking/migrations/17.0.2.1.0/post-10-duration.ts',
    "\nthrow new Error('broken')\n",
  ],
  ['17.0/addons/workshop/migrations/17.0.2.1.0/end-check-turnover.sql', '\nSELECT 1 / 0;\n'],
] as const

/** Tests that a run stops at a script that fails, and goes on with it once it is mended. */
export function mendedScriptTests(shared: () => KillBench): void {
  test.each(BROKEN)(
    'whose script %s fails, and is mended, ends as if nothing had happened',
    async (path, fault) => {
      const { bench, undisturbed, nextName, finish } = shared()
      const folder = await temporaryFolder()
      try {
        await cp(WORKSHOP, folder.path, { recursive: true })
        const script = join(folder.path, path)
        const good = await readFile(script, 'utf8')
        await writeFile(script, good + fault)
        const name = nextName()
        const failed = await bench.upgrade(name, undefined, folder.path)
        expect([failed.exit, failed.error?.code], told(failed)).toEqual([
          3,
          expect.stringMatching(/^SCRIPT_/),
        ])
        await writeFile(script, good)
        await finish(name)
        const facts = await bench.takeFacts(name)
        const paths = { [folder.path]: WORKSHOP, [sumOf(good + fault)]: sumOf(good) }
        expect(withoutMending(facts, paths)).toEqual(undisturbed)
      } finally {
        await folder.remove()
      }
    },
  )
}

/** The facts as they would be had the script been good from the start, in the example's own folder. */
function withoutMending(
  facts: WorkshopFacts,
  replacements: Readonly<Record<string, string>>,
): WorkshopFacts {
  let text = JSON.stringify(facts.journal)
  for (const [from, to] of Object.entries(replacements)) text = text.replaceAll(from, to)
  const journal: Record<string, unknown>[] = JSON.parse(text)
  return {
    ...facts,
    journal: journal.map((fact) =>
      Array.isArray(fact.findings)
        ? { ...fact, findings: fact.findings.filter(({ code }) => code !== 'SCRIPT_CHANGED') }
        : fact,
    ),
  }
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
