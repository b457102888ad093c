import { describe, expect, it } from 'vitest'
import { embedded, migrating, useHost } from './host-support.js'

/** As the loader announced them: with the time that Odoo went over its graph. */
const FINISHED = { base: 1, mail: 2, web: 2, new_one: 3, late: 4 }

describe("what a resumed run of Odoo's loader loads next", () => {
  const { run } = useHost(embedded)

  it.each([
    [
      'the modules of the first pass alone, where others followed',
      ['mail', 'late', 'web', 'new_one'],
      ['mail', 'web'],
    ],
    ['then those of the next', ['late', 'new_one'], ['new_one']],
    ['the last ones with what is not done yet', ['late', 'open'], ['late', 'open']],
    ['what is not done yet behind all that is', ['web', 'open', 'late'], ['web']],
    ['everything, where nothing is done', ['open', 'another'], ['open', 'another']],
    ['base by itself', ['base'], ['base']],
  ] as const)('%s', async (_, asked, wanted) => {
    const entries = Object.entries(FINISHED).map(([module, pass]) =>
      JSON.stringify({ module, pass, xml_ids: [] }),
    )
    const { told, error } = await run(
      migrating(
        'from moultg.native.loader_run import LoaderRun',
        `run = LoaderRun(${JSON.stringify(entries)}, False)`,
        `names = ${JSON.stringify(asked)}`,
        'later = run.later(names)',
        'for name in names:',
        '    if name not in later: moultg.call("tell", name)',
      ),
    )
    expect(error).toBeUndefined()
    expect(told).toEqual(wanted)
  })
})
