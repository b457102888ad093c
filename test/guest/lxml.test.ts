import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { embedded, migrating, useHost } from './host-support.js'
import {
  CASES_FOLDER,
  copyCases,
  copyPureLxml,
  GUEST_FOLDER,
  lxmlSources,
  python,
  pythonMissing,
  runPython,
} from './lxml-support.js'

type Outcomes = Readonly<Record<string, string>>

const recorded = JSON.parse(readFileSync(`${CASES_FOLDER}recorded.json`, 'utf8')) as {
  readonly etree: Outcomes
  readonly library: Outcomes
}

/** Where ours answers otherwise, and why. */
const DIFFERENT: Outcomes = {
  // The original keeps an attribute that is there twice, twice; a dict cannot.
  'recover attribute twice': '[b\'<a b="1"/>\', "<a b="1"/>\\n", [1]]',
}

const GROUPS = [
  ['XML is read', /^(read|refuse|encoded xml|declared text|no text)/],
  ['broken XML is recovered', /^recover /],
  ['HTML is read as libxml2 2.9 does', /^(read html|encoded) /],
  ['1,500 damaged HTML documents (item 56)', /^damaged html /],
  ['300 damaged XML documents', /^damaged xml /],
  ['files, feeds, targets', /^(file|text|base|missing|feed|target|pieces|doctype|default)/],
  ['elements move with their tails (items 57, 58)', /^change /],
  ['namespaces of what moves', /^namespaces /],
  ['walks, attributes, paths', /^(look|make|find) /],
  ['XML, HTML, C14N are written (item 56)', /^write /],
  ['axes of XPath', /^axis /],
  ['expressions of XPath', /^(expression|compiled|with|evaluator|tree|plain|extensions|moved)/],
] as const

const sources = lxmlSources()
const library =
  sources === undefined ? 'lxml is not installed; name its folder in MOULT_TEST_LXML' : ''

/** Outcomes of the cases of our own modules, and of lxml's; the latter are empty where there are none. */
type Run = () => Promise<{ readonly etree: Outcomes; readonly library: Outcomes }>

const RUN_ALL = `
import json
from run_cases import GROUPS, LIBRARY, run_cases
from lxml import etree
assert etree.__file__.endswith("etree.py"), etree.__file__
`

function guests(): readonly { name: string; missing: boolean; use: () => Run }[] {
  return [
    {
      name: pythonMissing ? `CPython: ${python} is not on this machine` : 'CPython',
      missing: pythonMissing,
      use: useProcess,
    },
    { name: 'the embedded Python', missing: false, use: useEmbedded },
  ]
}

function useProcess(): Run {
  let folder: TemporaryFolder | undefined
  beforeAll(async () => {
    folder = await temporaryFolder()
    if (sources !== undefined) await copyPureLxml(sources, folder.path)
  })
  afterAll(() => folder?.remove())
  return async () => {
    const groups = sources === undefined ? '[]' : '[LIBRARY]'
    const told = runPython(
      `${RUN_ALL}\nprint(json.dumps({"etree": run_cases(GROUPS), "library": run_cases(${groups})}))`,
      [GUEST_FOLDER, CASES_FOLDER, folder?.path ?? ''],
    )
    return JSON.parse(told)
  }
}

function useEmbedded(): Run {
  const { root, run } = useHost(embedded)
  return async () => {
    const cases = join(root(), 'scripts', 'cases')
    const packages = join(root(), 'scripts', 'packages')
    await copyCases(cases)
    await mkdir(packages)
    if (sources !== undefined) await copyPureLxml(sources, packages)
    const groups = sources === undefined ? '[]' : '[LIBRARY]'
    const { told, error } = await run(
      migrating(
        'import os, sys',
        'folder = os.path.dirname(__file__)',
        'sys.path[:0] = [os.path.join(folder, "cases")]',
        'sys.path.append(os.path.join(folder, "packages"))',
        RUN_ALL,
        'moultg.call("tell", json.dumps(run_cases(GROUPS)))',
        `moultg.call("tell", json.dumps(run_cases(${groups})))`,
      ),
      { file: 'scripts/run-lxml.py' },
    )
    if (error !== undefined) throw error
    const [etree, own] = told
    return { etree: JSON.parse(String(etree)), library: JSON.parse(String(own)) }
  }
}

function matching(outcomes: Outcomes, pattern: RegExp): Outcomes {
  return Object.fromEntries(Object.entries(outcomes).filter(([name]) => pattern.test(name)))
}

describe('what was recorded of the original', () => {
  it('is all of the groups, and each case is in one', () => {
    const names = Object.keys(recorded.etree)
    expect(names.filter((name) => !GROUPS.some(([, pattern]) => pattern.test(name)))).toEqual([])
    expect(names.filter((name) => name.startsWith('damaged html'))).toHaveLength(1500)
  })
})

describe.each(guests())('lxml.etree in $name', ({ missing, use }) => {
  describe.skipIf(missing)('', () => {
    const run = use()
    let outcomes: Awaited<ReturnType<Run>>
    beforeAll(async () => {
      outcomes = await run()
    })

    it.each(GROUPS)('answers as the original: %s', (_name, pattern) => {
      const wanted = matching({ ...recorded.etree, ...DIFFERENT }, pattern)
      expect(Object.keys(wanted).length).toBeGreaterThan(5)
      expect(matching(outcomes.etree, pattern)).toEqual(wanted)
    })

    it.skipIf(library !== '')(
      `runs lxml.html, lxml.html.clean and lxml.builder unmodified ${library}`,
      () => {
        expect(outcomes.library).toEqual(recorded.library)
      },
    )
  })
})
