import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CASES_FOLDER, compiledLxml, GUEST_FOLDER, runPython } from './lxml-support.js'

const odoo16 = process.env.MOULT_TEST_ODOO16
const backup = fileURLToPath(new URL('../../../shared/data/odoo-15.0-demo.zip', import.meta.url))
const compiled = compiledLxml()

const missing =
  odoo16 === undefined
    ? 'MOULT_TEST_ODOO16 names no source tree'
    : compiled === undefined
      ? 'there is no compiled lxml 4.9 to compare with'
      : undefined

interface Corpus {
  readonly implementation: string
  readonly results: Readonly<Record<string, string | null>>
}

/** What an lxml found first on `folders` makes of everything. */
function read(folders: readonly string[], addons: string): Corpus {
  const source =
    'sys.argv[0] = "corpus.py"; import runpy; runpy.run_module("corpus", run_name="__main__")'
  const data = existsSync(backup) ? backup : ''
  return JSON.parse(runPython(source, [...folders, CASES_FOLDER], [addons, data])) as Corpus
}

describe('the files of a release and the values of a database', () => {
  it.skipIf(missing !== undefined)(
    `are read and written as the original does${missing === undefined ? '' : `: ${missing}`}`,
    { timeout: 600_000 },
    () => {
      const addons = join(odoo16 ?? '', 'addons')
      const theirs = read([join(compiled ?? '', '..')], addons)
      const ours = read([GUEST_FOLDER], addons)
      expect(theirs.implementation).not.toMatch(/\.py$/)
      expect(ours.implementation).toBe(join(GUEST_FOLDER, 'lxml', 'etree.py'))
      const names = Object.keys(theirs.results)
      expect(names.length).toBeGreaterThan(1000)
      const damaged = names.filter((name) => name.startsWith('damaged '))
      const wrong = names.filter((name) => ours.results[name] !== theirs.results[name])
      expect(wrong.filter((name) => !name.startsWith('damaged '))).toEqual([])
      expect(wrong.length).toBeLessThanOrEqual(damaged.length / 100)
    },
  )
})
