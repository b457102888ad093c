import { describe, expect, test } from 'vitest'
import { embedded, migrating, useHost } from './host-support.js'

const SCRIPTS = [
  ['module', '/up/m/migrations/1.0/pre-20.sql'],
  ['upgrade', '/scripts/m/1.0/pre-10.ts'],
  ['module', '/up/m/migrations/2.0/post-30.mjs'],
].map(([source, file]) => ({
  module: 'm',
  source,
  directory: file?.split('/').at(-2),
  file,
}))

const CODE = [
  'from types import SimpleNamespace',
  'from moultg.native.foreign_scripts import ForeignScripts',
  `foreign = ForeignScripts(${JSON.stringify(SCRIPTS)})`,
]

describe('scripts in other languages, as Odoo’s loader sees them', () => {
  describe('from 15 on', () => {
    const { run } = useHost(embedded, { release: '16.0' })

    test('are collected by their paths, and sort as their names do', async () => {
      const { error, told } = await run(
        migrating(
          ...CODE,
          'own = {"module": {"1.0": ["/a/pre-15.py", "/a/pre-20.sql-later.py"]}}',
          'manager = SimpleNamespace(migrations={"m": own})',
          'foreign.add_to(manager)',
          'import os',
          'found = [f for kind in own.values() for f in kind.get("1.0", [])]',
          'moultg.call("tell", [os.path.basename(f) for f in sorted(found, key=os.path.basename)])',
          'moultg.call("tell", [os.path.splitext(f)[1] for f in own["module"]["2.0"]])',
        ),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual([
        ['pre-10.ts\0.py', 'pre-15.py', 'pre-20.sql\0.py', 'pre-20.sql-later.py'],
        ['.py'],
      ])
    })

    test('stay out where Odoo collects nothing of their module', async () => {
      const { error, told } = await run(
        migrating(
          ...CODE,
          'manager = SimpleNamespace(migrations={})',
          'foreign.add_to(manager)',
          'moultg.call("tell", len(manager.migrations))',
        ),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual([0])
    })

    test('are told from those in Python', async () => {
      const { told } = await run(
        migrating(
          ...CODE,
          'moultg.call("tell", foreign.find("/up/m/migrations/1.0/pre-20.py"))',
          'moultg.call("tell", foreign.find("/up/m/migrations/1.0/pre-20.sql\\0.py")["file"])',
        ),
      )
      expect(told).toEqual([null, '/up/m/migrations/1.0/pre-20.sql'])
    })

    test('are run by the host, which is told the version', async () => {
      const heard: unknown[] = []
      const { error, told } = await run(
        migrating(
          ...CODE,
          'script = foreign.find("/scripts/m/1.0/pre-10.ts\\0.py")',
          'module = foreign.load(script, "m", "pre")',
          'moultg.call("tell", module.__name__)',
          'module.migrate(cr, None)',
        ),
        {
          operations: {
            'loader.run_script': async (args) => {
              heard.push(args)
              return { kind: 'value', value: null }
            },
          },
        },
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['pre-10'])
      expect(heard).toEqual([['/scripts/m/1.0/pre-10.ts', 'm', 'pre', '1.0', '']])
    })
  })

  describe('up to 14', () => {
    const { run } = useHost(embedded, { release: '14.0' })

    test('are collected by their names, and found below the module or the upgrade path', async () => {
      const { error, told } = await run(
        migrating(
          ...CODE,
          'own = {"module": {}, "upgrade": {"1.0": ["pre-05.py"]}}',
          'foreign.add_to(SimpleNamespace(migrations={"m": own}))',
          'moultg.call("tell", own["module"]["1.0"] + own["upgrade"]["1.0"])',
          'moultg.call("tell", foreign.find("m/migrations/1.0/pre-20.sql\\0.py")["file"])',
          'moultg.call("tell", foreign.find("/guest/0/m/1.0/pre-10.ts\\0.py")["file"])',
        ),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual([
        ['pre-20.sql\0.py', 'pre-05.py', 'pre-10.ts\0.py'],
        '/up/m/migrations/1.0/pre-20.sql',
        '/scripts/m/1.0/pre-10.ts',
      ])
    })
  })
})
