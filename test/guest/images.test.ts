import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { imageOperations } from '../../src/scripts/hosts/python/images/index.js'
import { interpreters, migrating, useHost } from './host-support.js'

const FIXTURES = join(import.meta.dirname, 'fixtures/images')
const FACTS: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(FIXTURES, 'facts.json'), 'utf8'),
)

describe.each(interpreters())('PIL of the guest, $name', (test) => {
  const host = useHost(test, { roots: { sources: [], scripts: [FIXTURES] } })

  it.skipIf(test.unavailable)(
    'finds what Pillow finds, byte for byte',
    { timeout: 120_000 },
    async () => {
      const run = await host.run(
        migrating(
          'import sys',
          `sys.path.insert(0, ${JSON.stringify(test.interpreter === 'embedded' ? '/scripts/0' : FIXTURES)})`,
          'import json, traceback, PIL',
          'import image_cases',
          'assert PIL.__path__[0].replace("\\\\", "/").endswith("/PIL") and not hasattr(PIL.Image, "core")',
          'found = {}',
          'for name, case in image_cases.CASES.items():',
          '    try:',
          '        found[name] = image_cases.attempt(case)',
          '    except Exception:',
          '        found[name] = traceback.format_exc()',
          'moultg.call("tell", json.dumps(found))',
        ),
        { operations: imageOperations() },
      )
      expect(run.error).toBeUndefined()
      const found: Readonly<Record<string, unknown>> = JSON.parse(String(run.told[0]))
      const different = Object.keys(FACTS).filter(
        (name) => JSON.stringify(found[name]) !== JSON.stringify(FACTS[name]),
      )
      expect(pick(found, different)).toEqual(pick(FACTS, different))
      expect(Object.keys(found).sort()).toEqual(Object.keys(FACTS).sort())
    },
  )
})

function pick(facts: Readonly<Record<string, unknown>>, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, facts[name]]))
}
