import { readFileSync, writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { imageOperations } from '../../src/scripts/hosts/python/images/index.js'
import { interpreters, migrating, useHost } from './host-support.js'

for (const test of interpreters()) {
  const host = useHost(test, { roots: { sources: ['/tmp/w12', '/work/src'], scripts: [] } })
  it(test.name, { timeout: 600_000 }, async () => {
    const embedded = test.interpreter === 'embedded'
    const files = readFileSync('/tmp/w12/files.txt', 'utf8').trim().split('\n')
    const shown = embedded
      ? files.map((f) => f.replace('/tmp/w12', '/src/0').replace('/work/src', '/src/1'))
      : files
    const run = await host.run(
      migrating(
        'import sys, json, warnings',
        'warnings.simplefilter("ignore")',
        `sys.path.insert(0, ${JSON.stringify(embedded ? '/src/0' : '/tmp/w12')})`,
        'import corpus_cases',
        `r, t = corpus_cases.run(json.loads(${JSON.stringify(JSON.stringify(shown))}))`,
        'moultg.call("tell", json.dumps(list(r.values())), t)',
      ),
      { operations: imageOperations() },
    )
    if (run.error) throw run.error
    console.log(test.name, run.told[1], run.asked.length)
    writeFileSync(`/tmp/w12/got-${test.name}.json`, String(run.told[0]))
  })
}
