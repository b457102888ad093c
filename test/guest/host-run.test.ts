import { describe, expect, test } from 'vitest'
import { GuestError } from '../../src/scripts/values/index.js'
import { interpreters, migrating, useHost } from './host-support.js'

describe.each(interpreters())('scripts in $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    const { run, path, write } = useHost(interpreter)
    const tolerant = useHost(interpreter, { tolerant: true })
    const eighteen = useHost(interpreter, { release: '18.0', tolerant: true })

    test('migrate gets a cursor and the installed version', async () => {
      const { error, told } = await run(
        migrating('moultg.call("tell", type(cr).__name__, version)'),
        { installedVersion: '15.0.2.3' },
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['Cursor', '15.0.2.3'])
    })

    test('the frame above migrate has the names that openupgradelib reads', async () => {
      const { error, told } = await run(
        `import inspect, moultg
def migrate(cr, version):
    names = inspect.stack()[1][0].f_locals
    moultg.call("tell", names["stage"], names["version"], names["pkg"].name, names["addon"])
    moultg.call("tell", names["pyfile"] == __file__)
`,
        { module: 'sale', phase: 'post' },
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['post', '15.0.1.0', 'sale', 'sale', true])
    })

    test('the module is named after its file and is not registered', async () => {
      const { told } = await run(
        migrating('import sys\nmoultg.call("tell", __name__, __name__ in sys.modules)'),
        { file: 'scripts/m/16.0.1.0/post-named.py' },
      )
      expect(told).toEqual(['post-named', false])
    })

    const invalid = [
      ['no migrate', 'x = 1\n'],
      ['one parameter', 'def migrate(cr):\n    pass\n'],
      ['three parameters', 'def migrate(cr, version, more):\n    pass\n'],
      ['no function', 'migrate = 5\n'],
    ] as const
    test.each(invalid)('a file with %s is SCRIPT_INVALID', async (_name, source) => {
      const { error, asked } = await run(source, { file: 'scripts/m/16.0.1.0/pre-invalid.py' })
      expect(error?.code).toBe('SCRIPT_INVALID')
      expect(error?.place?.file).toBe(path('scripts/m/16.0.1.0/pre-invalid.py'))
      expect(asked).toEqual([])
    })

    const passedOver = [
      ['no migrate', 'x = 1\n'],
      ['an AttributeError while loading', 'import sys\nsys.no_such_name\n'],
    ] as const
    test.each(passedOver)(
      'tolerant: a file with %s is logged and passed over',
      async (_n, source) => {
        const { error, logs } = await tolerant.run(source, { phase: 'post' })
        expect(error).toBeUndefined()
        expect(logs).toMatchObject([
          {
            level: 'error',
            logger: 'odoo.modules.migration',
            text: 'Each post-migration file must have a "migrate(cr, installed_version)" function',
          },
        ])
      },
    )

    test('tolerant: any other exception while loading is a failure', async () => {
      const { error } = await tolerant.run('import no_such_module\n')
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(error?.message).toContain("No module named 'no_such_module'")
    })

    const signatures = [
      ['cr, version', true],
      ['_cr, _version', true],
      ['cr, version=None', true],
      ['cr, installed_version', false],
      ['env, version', false],
      ['*args', false],
      ['cr, *, version', false],
    ] as const
    test.each(signatures)('18.0: migrate(%s) is accepted: %s', async (parameters, accepted) => {
      const { error } = await eighteen.run(`def migrate(${parameters}):\n    pass\n`)
      expect(error?.code).toBe(accepted ? undefined : 'SCRIPT_INVALID')
    })

    test('18.0 has no tolerance for files without migrate', async () => {
      expect((await eighteen.run('x = 1\n')).error?.code).toBe('SCRIPT_INVALID')
    })

    const ends = [
      ['SystemExit', 'import sys\nsys.exit(0)'],
      ['KeyboardInterrupt', 'raise KeyboardInterrupt'],
      ['GeneratorExit', 'raise GeneratorExit("odd")'],
    ] as const
    test.each(ends)('%s is an ordinary failure', async (name, body) => {
      const { error } = await run(migrating(body))
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(error?.message).toContain(name)
    })

    test('what only the release itself can do is told, also when the script hides it', async () => {
      const operations = {
        deep: async () => {
          throw new GuestError('needs-odoo', 'try_loading', 'account.chart.template')
        },
      }
      const plain = await run(migrating('moultg.call("deep")'), { operations })
      expect(plain.error).toMatchObject({
        code: 'SCRIPT_NEEDS_ODOO',
        data: { model: 'account.chart.template', name: 'try_loading' },
      })
      const hidden = await run(
        migrating('try:\n    moultg.call("deep")\nexcept BaseException:\n    pass'),
        { operations },
      )
      expect(hidden.error?.code).toBe('SCRIPT_NEEDS_ODOO')
      const own = await run(migrating('raise moultg.NeedsNativeOrm("res.partner", "_compute_x")'))
      expect(own.error).toMatchObject({ data: { model: 'res.partner', name: '_compute_x' } })
      expect((await run(migrating('pass'))).error).toBeUndefined()
    })

    test('writes that are held back are sent after migrate, but not after a failure', async () => {
      const source = (end: string): string => `import moultg
from moultg import hooks
def migrate(cr, version):
    hooks._flush.append(lambda: moultg.call("tell", "flushed"))
    moultg.call("tell", "migrated")
    ${end}
`
      const isolated = 'hooks._flush.pop()'
      expect((await run(source('pass'))).told).toEqual(['migrated', 'flushed'])
      await run(`from moultg import hooks\ndef migrate(cr, version):\n    ${isolated}\n`)
      expect((await run(source('raise ValueError(1)'))).told).toEqual(['migrated'])
      await run(`from moultg import hooks\ndef migrate(cr, version):\n    ${isolated}\n`)
    })

    test('a script leaves nothing behind for the next', async () => {
      await run(
        `import logging, os, sys, warnings
import moultg
sys.path.insert(0, "/nowhere")
os.environ["LEFT"] = "1"
os.chdir("/")
logging.getLogger().setLevel(logging.CRITICAL)
logging.getLogger("odoo").disabled = True
logging.disable(logging.CRITICAL)
sys.stdout = None
sys.setrecursionlimit(5000)
def migrate(cr, version):
    from .beside import VALUE
`,
        { file: 'scripts/m/16.0.1.0/pre-leaver.py' },
      )
      const { told, logs, error } = await run(
        `import logging, os, sys
import moultg
def migrate(cr, version):
    mine = [name for name in sys.modules if name.startswith("moult_script.") and "beside" in name]
    moultg.call("tell", "/nowhere" in sys.path, "LEFT" in os.environ, mine)
    moultg.call("tell", sys.getrecursionlimit() == 5000)
    logging.getLogger("odoo").info("heard")
    print("printed")
`,
      )
      expect(error).toBeUndefined()
      expect(told).toEqual([false, false, [], false])
      expect(logs.map(({ text }) => text)).toEqual(['heard', 'printed'])
    })

    test('a helper module beside a script is read anew for each script', async () => {
      await write('scripts/m/16.0.9.0/shared.py', 'VALUE = 1\n')
      const source =
        'import moultg\nfrom .shared import VALUE\ndef migrate(cr, version):\n    moultg.call("tell", VALUE)\n'
      expect((await run(source, { file: 'scripts/m/16.0.9.0/pre-a.py' })).told).toEqual([1])
      await write('scripts/m/16.0.9.0/shared.py', 'VALUE = 22\n')
      expect((await run(source, { file: 'scripts/m/16.0.9.0/pre-a.py' })).told).toEqual([22])
    })
  })
})
