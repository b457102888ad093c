import { describe, expect, it } from 'vitest'
import { interpreters, type ScriptRun, useHost } from './host-support.js'

/** Has the packages beside the script found, and forgets what was imported under their names. */
const PRELUDE = `
import os, sys
import moultg
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))

def forget(*names):
    for module in list(sys.modules):
        if module.partition(".")[0] in names:
            del sys.modules[module]
`

describe.each(interpreters())('repairs for old Odoo sources in $name', (test) => {
  const skip = test.unavailable !== undefined
  const host = useHost(test)

  async function run(body: string): Promise<ScriptRun> {
    const lines = body.trim().replaceAll('\n', '\n    ')
    const done = await host.run(`${PRELUDE}\ndef migrate(cr, version):\n    ${lines}\n`)
    expect(done.error).toBeUndefined()
    return done
  }
  const library = (name: string, text: string) => host.write(`scripts/m/16.0.1.0/lib/${name}`, text)

  it.skipIf(skip)('put names back that packages have lost, under the old place', async () => {
    await library('werkzeug/__init__.py', '')
    await library('werkzeug/wrappers.py', 'class Response: pass\nclass Request: pass')
    await library('werkzeug/utils.py', 'def escape(text): return "its own"')
    await library('werkzeug/routing/__init__.py', '')
    await library('werkzeug/routing/converters.py', 'class NumberConverter: pass')
    await library('PyPDF2/__init__.py', '')
    await library(
      'PyPDF2/errors.py',
      'class PyPdfError(Exception): pass\nclass PdfReadError(PyPdfError): pass\nPdfStreamError = PyPdfError',
    )
    const { told } = await run(`
forget("werkzeug", "PyPDF2", "html")
finders = list(sys.meta_path)
from moultg.native import package_repairs
try:
    package_repairs.install()
    import werkzeug.routing
    from werkzeug.posixemulation import rename
    from werkzeug.utils import escape, unescape
    from werkzeug.wrappers import BaseResponse, Response
    from PyPDF2 import utils
    import PyPDF2.errors
    moultg.call("tell", BaseResponse is Response, escape("<"), unescape("&lt;"), rename is os.replace)
    moultg.call("tell", werkzeug.routing.NumberConverter.__module__)
    moultg.call("tell", utils.PdfReadError is PyPDF2.errors.PdfReadError)
finally:
    sys.meta_path[:] = finders
    forget("werkzeug", "PyPDF2")`)
    expect(told).toEqual([true, 'its own', '<', true, 'werkzeug.routing.converters', true])
  })

  it.skipIf(skip)("leave a package's own module alone where it still has it", async () => {
    await library('werkzeug/__init__.py', '')
    await library('werkzeug/posixemulation.py', 'rename = "its own"')
    const { told } = await run(`
forget("werkzeug")
finders = list(sys.meta_path)
from moultg.native import package_repairs
try:
    package_repairs.install()
    from werkzeug.posixemulation import rename
    moultg.call("tell", rename)
finally:
    sys.meta_path[:] = finders
    forget("werkzeug")`)
    expect(told).toEqual(['its own'])
  })

  it.skipIf(skip)('correct packages that are there, and none that are missing', async () => {
    await library('there.py', '')
    for (const name of ['there', 'missing'])
      await library(
        `odoo_like/_monkeypatches/${name}.py`,
        `import ${name}\ndef patch_${name}():\n    ${name}.version()\n    return "corrected"`,
      )
    const { told } = await run(`
import importlib.util
finders = list(sys.meta_path)
from moultg.native import after_import, package_repairs, stubs
try:
    after_import.install({"odoo_like._monkeypatches.*": package_repairs.leave_stubs_alone})
    sys.meta_path.append(stubs.StubFinder({"missing"}))
    import there
    there.version = lambda: 1
    from odoo_like._monkeypatches.there import patch_there
    from odoo_like._monkeypatches.missing import patch_missing
    moultg.call("tell", patch_there(), patch_missing())
finally:
    sys.meta_path[:] = finders
    forget("there", "missing", "odoo_like")`)
    expect(told).toEqual(['corrected', null])
  })

  it.skipIf(skip)(
    'let safe_eval and templates of old releases evaluate what they are meant to, and nothing else',
    async () => {
      // The shape of that release's lists, with names that every Python knows.
      const { told } = await run(`
import dis, types
from moultg.native import repairs
names = ("IMPORT_NAME", "IMPORT_FROM", "STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL")
lists = types.ModuleType("safe_eval")
lists._BLACKLIST = {dis.opmap[name] for name in names}
lists._CONST_OPCODES, lists._EXPR_OPCODES, lists._SAFE_OPCODES = (
    {dis.opmap["LOAD_CONST"]}, {dis.opmap["LOAD_CONST"]}, {dis.opmap["LOAD_NAME"]})
repairs.allow_opcodes(lists)

qweb = types.ModuleType("ir_qweb")
qweb._BLACKLIST, qweb._SAFE_QWEB_OPCODES = lists._BLACKLIST, set()
repairs.allow_template_opcodes(qweb)
repairs.allow_template_opcodes(types.ModuleType("of_odoo_14"))

def codes(code):
    found = {one.opcode for one in dis.get_instructions(code)}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= codes(constant)
    return found

def allows(allowed, source, mode="eval"):
    return codes(compile(source, "", mode)) <= getattr(qweb if "QWEB" in allowed else lists, allowed)

moultg.call("tell", [
    allows("_CONST_OPCODES", "{'default_is_company': True, 'ids': [1, 2, 3]}"),
    allows("_EXPR_OPCODES", "1 if not 2 else [3][0]"),
    allows("_SAFE_OPCODES", "[f(x, y=f'{x}') for x in a if x.b is not None and x[1:2]]", "exec"),
    allows("_SAFE_OPCODES", "for a in b:\\n  try:\\n    c += f(a)\\n  except E as e:\\n    raise", "exec"),
])
moultg.call("tell", [
    allows("_SAFE_QWEB_OPCODES", "f(o.name, digits=2) if o.lines is not None else '%s' % o['x'][1:2]"),
    allows("_SAFE_QWEB_OPCODES", "[x.y for x in o if not x.z] or list(map(lambda x: x.y, o))"),
])
moultg.call("tell", [
    allows("_SAFE_QWEB_OPCODES", "(x := f)"),
    allows("_CONST_OPCODES", "f(1)"),
    allows("_EXPR_OPCODES", "f(1)"),
    allows("_SAFE_OPCODES", "import os", "exec"),
    allows("_SAFE_OPCODES", "a.b = 1", "exec"),
    allows("_SAFE_OPCODES", "del a.b", "exec"),
    allows("_SAFE_OPCODES", "def f():\\n  global a\\n  a = 1", "exec"),
])`)
      expect(told).toEqual([Array(4).fill(true), Array(2).fill(true), Array(7).fill(false)])
    },
  )

  it.skipIf(skip)(
    'compile syntax trees whose nodes end before they begin, as those of Odoo 14',
    async () => {
      const { told } = await run(`
import ast, types
from moultg.native import repairs
qweb = types.ModuleType("qweb")
repairs.keep_positions_valid(qweb)
tree = ast.parse("x = 1 + 2")
tree.body[0].lineno, tree.body[0].end_lineno = 2, 1
namespace = {}
exec(qweb.compile(tree, "<template>", "exec"), namespace)
moultg.call("tell", namespace["x"], eval(qweb.compile("3 + 4", "<text>", "eval")))`)
      expect(told).toEqual([3, 7])
    },
  )

  it.skipIf(skip)('let weak sets go over the ordered sets of Odoo 17 and newer', async () => {
    const { told } = await run(`
import types, weakref
from collections.abc import MutableSet
from moultg.native import repairs

class OrderedSet(MutableSet):
    def __init__(self, items=()):
        self.items = dict.fromkeys(items)
    def __contains__(self, item):
        return item in self.items
    def __iter__(self):
        return iter(self.items)
    def __len__(self):
        return len(self.items)
    def add(self, item):
        self.items[item] = None
    def discard(self, item):
        self.items.pop(item, None)

class Environment:
    pass

misc = types.ModuleType("misc")
misc.OrderedSet = OrderedSet
repairs.let_sets_be_copied(misc)
environments = weakref.WeakSet()
environments.data = OrderedSet()
first, second = Environment(), Environment()
environments.add(second)
environments.add(first)
moultg.call("tell", [one is second for one in environments], type(environments.data.copy()).__name__)`)
    expect(told).toEqual([[true, false], 'OrderedSet'])
  })
})
