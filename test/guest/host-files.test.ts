import { symlink } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { interpreters, migrating, runFile, useHost } from './host-support.js'

describe.each(interpreters())('files and imports in $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    const { run, write, path, host } = useHost(interpreter)
    const isEmbedded = interpreter.interpreter === 'embedded'

    beforeAll(async () => {
      await write('addons/sale/__manifest__.py', '{"name": "Sale"}\n')
      await write(
        'addons/sale/__init__.py',
        'import moultg\nmoultg.call("tell", "init")\nfrom . import no_such_models\n',
      )
      await write('addons/sale/hooks.py', 'def hook(cr):\n    return "hooked"\n')
      await write('addons/sale/data/numbers.csv', 'id;n\na;ä1\n')
      await write('addons/lazy/__init__.py', 'from .inner import NAME\n')
      await write('addons/lazy/inner.py', 'NAME = "lazy"\n')
      await write('addons/openupgrade_scripts/__manifest__.py', '{"name": "Scripts"}\n')
      await write('addons/openupgrade_scripts/apriori.py', 'renamed_modules = {"a": "b"}\n')
    })

    // Conformance 31.
    test('item 31: other files of addons can be imported without their models', async () => {
      const { error, told } = await run(
        migrating(
          'from odoo.addons.sale.hooks import hook',
          'from odoo.addons.sale import hooks',
          'from odoo.addons.openupgrade_scripts.apriori import renamed_modules',
          'moultg.call("tell", hook(cr), hooks.hook is hook, renamed_modules)',
        ),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['hooked', true, new Map([['a', 'b']])])
    })

    test('item 31: a name of the package itself runs its __init__', async () => {
      const { error, told } = await run(
        migrating('from odoo.addons.lazy import NAME', 'moultg.call("tell", NAME)'),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['lazy'])
    })

    test('an addon that is nowhere is an ImportError that names it', async () => {
      const { error } = await run(migrating('import odoo.addons.no_such_addon.hooks'))
      expect(error?.message).toContain("No module named 'odoo.addons.no_such_addon'")
    })

    const relative = [
      'from ...hooks import hook',
      'from ..hooks import hook',
      'from .hooks import hook',
    ]
    test.each(relative)('item 31: `%s` finds the addon’s file', async (statement) => {
      const { error, told } = await run(
        `import moultg\n${statement}\ndef migrate(cr, version):\n    moultg.call("tell", hook(cr))\n`,
        { file: 'addons/sale/migrations/16.0.1.0/pre-relative.py', module: 'sale' },
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['hooked'])
    })

    test('item 31: scripts of one version import each other', async () => {
      await write('scripts/m/16.0.3.0/common.py', 'from .deeper import VALUE\n')
      await write('scripts/m/16.0.3.0/deeper.py', 'VALUE = 7\n')
      const { error, told } = await run(
        'import moultg\nfrom .common import VALUE\ndef migrate(cr, version):\n    moultg.call("tell", VALUE)\n',
        { file: 'scripts/m/16.0.3.0/pre-imports.py' },
      )
      expect(error).toBeUndefined()
      expect(told).toEqual([7])
    })

    test('item 32: files beside the script can be read by __file__', async () => {
      await write('scripts/m/16.0.4.0/values.txt', 'größer\n')
      const { error, told } = await run(
        migrating(
          'import os',
          'folder = os.path.dirname(__file__)',
          'with open(os.path.join(folder, "values.txt"), encoding="utf-8") as stream:',
          '    text = stream.read()',
          'moultg.call("tell", text, sorted(os.listdir(folder)), os.path.isabs(__file__))',
          'moultg.call("tell", os.path.getsize(os.path.join(folder, "values.txt")))',
        ),
        { file: 'scripts/m/16.0.4.0/pre-reader.py' },
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['größer\n', ['pre-reader.py', 'values.txt'], true, 9])
    })

    test('item 32: files of addons are found by Odoo’s functions', async () => {
      const { error, told } = await run(
        migrating(
          'from odoo.modules.module import get_resource_path, get_module_resource',
          'from odoo.tools import file_open',
          'path = get_resource_path("sale", "data", "numbers.csv")',
          'with open(path, encoding="utf-8") as stream:',
          '    first = stream.read()',
          'with file_open("sale/data/numbers.csv") as stream:',
          '    second = stream.read()',
          'moultg.call("tell", first, first == second)',
          'moultg.call("tell", get_module_resource("sale", "data", "numbers.csv") == path)',
        ),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['id;n\na;ä1\n', true, true])
    })

    test('a large file is read in pieces and can be sought', async () => {
      await write('scripts/m/16.0.5.0/big.bin', `${'x'.repeat(300_000)}END`)
      const { error, told } = await run(
        migrating(
          'import os',
          'with open(os.path.join(os.path.dirname(__file__), "big.bin"), "rb") as stream:',
          '    stream.seek(-3, 2)',
          '    end = stream.read()',
          '    stream.seek(0)',
          '    whole = stream.read()',
          'moultg.call("tell", end.decode(), len(whole))',
        ),
        { file: 'scripts/m/16.0.5.0/pre-big.py' },
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['END', 300_003])
    })

    test('a script outside of all folders runs with its own folder', async () => {
      await write('elsewhere/own/16.0.1.0/beside.txt', 'beside')
      await write('elsewhere/secret.txt', 'secret')
      const file = await write(
        'elsewhere/own/16.0.1.0/pre-own.py',
        migrating(
          'import os',
          'moultg.call("tell", open(os.path.join(os.path.dirname(__file__), "beside.txt")).read())',
          'raise ValueError("end")',
        ),
      )
      const { error, told } = await runFile(host(), file)
      expect(told).toEqual(['beside'])
      expect(error?.place).toEqual({ file, line: 7 })
    })

    test('a script that is not there fails by its name', async () => {
      const { error } = await runFile(host(), path('scripts/m/16.0.1.0/pre-missing.py'))
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(error?.message).toContain('FileNotFoundError')
    })

    describe.skipIf(!isEmbedded)('read-only', () => {
      const writes = [
        ['open for writing', 'open(here + "/new.txt", "w")'],
        ['open for appending', 'open(own, "a")'],
        ['open for update', 'open(own, "r+")'],
        ['truncating', 'open(own, "w")'],
        ['os.truncate', 'os.truncate(own, 0)'],
        ['os.remove', 'os.remove(own)'],
        ['os.rename', 'os.rename(own, here + "/other.py")'],
        ['os.mkdir', 'os.mkdir(here + "/folder")'],
        ['os.rmdir', 'os.rmdir(here)'],
        ['os.symlink', 'os.symlink("/etc", here + "/etc")'],
        ['os.chmod', 'os.chmod(own, 0o777)'],
        ['os.utime', 'os.utime(own)'],
      ] as const
      test.each(writes)('item 32: %s is EROFS', async (_name, statement) => {
        const { error, told } = await run(
          migrating(
            'import errno, os',
            'own, here = __file__, os.path.dirname(__file__)',
            'try:',
            `    ${statement}`,
            'except OSError as error:',
            '    moultg.call("tell", errno.errorcode[error.errno])',
          ),
          { file: 'scripts/m/16.0.6.0/pre-write.py' },
        )
        expect(error).toBeUndefined()
        expect(told).toEqual(['EROFS'])
      })

      test('a link out of the folders is refused, one within them is followed', async () => {
        await write('outside/secret.txt', 'secret')
        await write('addons/sale/public.txt', 'public')
        await write('scripts/m/16.0.7.0/x.txt', 'x')
        await symlink(path('outside/secret.txt'), path('scripts/m/16.0.7.0/out.txt'))
        await symlink(path('outside'), path('scripts/m/16.0.7.0/folder'))
        await symlink(path('addons/sale/public.txt'), path('scripts/m/16.0.7.0/in.txt'))
        const { error, told } = await run(
          migrating(
            'import errno, os',
            'here = os.path.dirname(__file__)',
            'moultg.call("tell", open(here + "/in.txt").read())',
            'for name in ("/out.txt", "/folder/secret.txt"):',
            '    try:',
            '        moultg.call("tell", open(here + name).read())',
            '    except OSError as error:',
            '        moultg.call("tell", errno.errorcode[error.errno])',
          ),
          { file: 'scripts/m/16.0.7.0/pre-links.py' },
        )
        expect(error).toBeUndefined()
        expect(told).toEqual(['public', 'EACCES', 'EACCES'])
      })

      test('temporary files work, within limits', async () => {
        const { error, told } = await run(
          migrating(
            'import tempfile',
            'with tempfile.TemporaryFile("w+") as stream:',
            '    stream.write("kept")',
            '    stream.seek(0)',
            '    moultg.call("tell", stream.read())',
          ),
        )
        expect(error).toBeUndefined()
        expect(told).toEqual(['kept'])
      })
    })
  })
})
