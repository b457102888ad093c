import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test as vitestTest } from 'vitest'
import { embedded, type ScriptRun, useHost } from './host-support.js'
import { useOdooHost } from './native-host.js'
import { withoutOdoo } from './native-support.js'
import { odooProbes, type Probe, probes } from './security-probes.js'

const guests = [
  { name: 'scripts', open: () => useHost(embedded), hasOdoo: false, skipped: false },
  {
    name: `scripts beside Odoo${withoutOdoo === undefined ? '' : ` (skipped: ${withoutOdoo})`}`,
    open: useOdooHost,
    hasOdoo: true,
    skipped: withoutOdoo !== undefined,
  },
]

// CPython has no isolation: what follows is promised of the embedded interpreter only.
describe.each(guests)(
  '$name in the embedded interpreter stay in it',
  ({ open, hasOdoo, skipped }) => {
    const test = vitestTest.skipIf(skipped)
    const { run, root, path, write } = open()
    let server: Server
    let port = 0
    let connections = 0

    beforeAll(async () => {
      process.env.MOULT_TEST_SECRET = 'hidden-value'
      await mkdir(path('outside'))
      await writeFile(path('outside/secret.txt'), 'hidden-value')
      await write('scripts/m/16.0.1.0/beside.txt', 'beside')
      server = createServer((socket) => {
        connections += 1
        socket.destroy()
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      port = typeof address === 'object' && address !== null ? address.port : 0
    })
    afterAll(async () => {
      delete process.env.MOULT_TEST_SECRET
      await new Promise((resolve) => server.close(resolve))
    })

    const FILE = 'scripts/m/16.0.1.0/pre-probe.py'

    function attempt(code: string, seconds = 20): Promise<ScriptRun> {
      const filled = code
        .replaceAll('MARKER', path('marker'))
        .replaceAll('SECRET', path('outside/secret.txt'))
        .replaceAll('HOST_PID', String(process.pid))
        .replaceAll('HOST_HOME', homedir())
        .replaceAll('PORT', String(port))
      const source = `import moultg
from moultg import transport
EXCHANGE = transport._exchange
def reached(value):
    moultg.call("tell", "REACHED " + repr(value)[:200])
def migrate(cr, version):
    try:
${filled.replace(/^/gm, '        ')}
    except Exception as error:
        moultg.call("tell", "refused " + repr(error)[:200])
`
      return run(source, { file: FILE, limits: { seconds } })
    }

    async function expectUnharmed(code: string, seconds?: number): Promise<void> {
      await attempt('pass')
      const before = await fingerprint(root(), FILE)
      const { told } = await attempt(code, seconds)
      expect(told.filter((one) => String(one).startsWith('REACHED'))).toEqual([])
      expect(existsSync(path('marker'))).toBe(false)
      expect(connections).toBe(0)
      expect(await fingerprint(root(), FILE)).toBe(before)
      expect((await attempt('moultg.call("tell", "alive")')).told).toEqual(['alive'])
    }

    test('there are at least the 48 probes of the specification', () => {
      expect(probes.length).toBeGreaterThanOrEqual(48)
    })

    test.each(probes as readonly Probe[])('item 44: $group: $name', ({ code }) =>
      expectUnharmed(code),
    )

    test.each(hasOdoo ? odooProbes : [])('$group: $name', ({ code }) => expectUnharmed(code))

    const attacks = [
      [
        'a walk over every JavaScript object that can be reached',
        `import gc
seen, queue = set(), [EXCHANGE] + [o for o in gc.get_objects() if "JsProxy" in type(o).__name__]
words = ("process", "require", "fetch", "WebSocket", "NODEFS", "spawnSync", "readFileSync", "binding")
for _ in range(4000):
    if not queue: break
    o = queue.pop(0)
    for name in dir(o):
        if name.startswith("__") and name != "__proto__": continue
        try: value = getattr(o, name)
        except Exception: continue
        if "Js" not in type(value).__name__: continue
        try: key = value.js_id
        except Exception: continue
        if key in seen: continue
        seen.add(key)
        if name in words: reached(name)
        if name in ("constructor", "Function", "eval", "AsyncFunction"):
            try:
                made = value("return 40 + 2")
                if callable(made) and made() == 42: reached(name)
            except Exception: pass
        queue.append(value)`,
      ],
      [
        'code from text through any constructor',
        `for start in (EXCHANGE, EXCHANGE.call, EXCHANGE.apply, EXCHANGE.toString):
    current = start
    for _ in range(6):
        made = getattr(current, "constructor", None)
        if made is not None:
            try:
                if made("return 42")() == 42: reached("constructor")
            except Exception: pass
        current = getattr(current, "__proto__", None)
        if current is None: break`,
      ],
      [
        'changing built-in objects that the host’s code works with',
        `o = EXCHANGE.__proto__.__proto__.constructor
text = EXCHANGE.toString().__class__
array = o.keys(EXCHANGE)
p = array.__proto__
try:
    p.push = EXCHANGE
    if p.push is EXCHANGE: reached("Array.prototype")
except Exception: pass
before = str(p.map)
try: o.defineProperty(p, "map", o.getOwnPropertyDescriptor(EXCHANGE, "name"))
except Exception: pass
if str(p.map) != before: reached("Array.prototype.map")`,
      ],
      [
        'forged questions to the host',
        `import json
for op in ("fs.read", "run", "boot", "eval", "constructor", "__proto__", "hasOwnProperty"):
    answer = json.loads(EXCHANGE(json.dumps({"op": op, "a": ["SECRET"], "k": {}})))
    if "e" not in answer: reached(answer)
answer = json.loads(EXCHANGE('{"op":"echo","a":[{"__proto__":{"polluted":1}}],"k":{"__proto__":{"polluted":1}}}'))
for bad in (5, None, [], b"x"):
    try: reached(EXCHANGE(bad))
    except Exception: pass`,
      ],
      [
        'os.system through every name it has',
        `import ctypes, os, posix
lib = ctypes.CDLL(None)
for name in ("system", "popen", "execve", "posix_spawn", "fork", "vfork"):
    try: f = getattr(lib, name)
    except AttributeError: continue
    try: f(b"touch MARKER", b"r", None)
    except Exception: pass
posix.system("touch MARKER")`,
      ],
      [
        'reading files through Python’s own loaders',
        `import importlib.util, linecache, runpy, tokenize, zipimport, pkgutil
for read in (
    lambda: linecache.getline("SECRET", 1),
    lambda: tokenize.open("SECRET").read(),
    lambda: runpy.run_path("SECRET"),
    lambda: pkgutil.get_data("os", "../../../../SECRET"),
    lambda: importlib.util.spec_from_file_location("x", "SECRET").loader.get_data("SECRET"),
):
    try:
        value = read()
        if value and "hidden" in str(value): reached(value)
    except Exception: pass`,
      ],
      [
        'a library built by the script itself',
        `import ctypes
# An empty WebAssembly module whose export asks Emscripten to evaluate text.
wasm = bytes.fromhex("0061736d01000000" "000f0864796c696e6b2e30" "010400000000")
open("/tmp/evil.so", "wb").write(wasm)
try: ctypes.CDLL("/tmp/evil.so")
except OSError: pass`,
      ],
      [
        'symbolic links to the host in the interpreter’s own folders',
        `import os
for n, target in enumerate(("/", "/etc", "SECRET", "../../../../../SECRET")):
    os.symlink(target, "/tmp/l%d" % n)
    for rest in ("", "/passwd", "/etc/passwd"):
        try:
            text = open("/tmp/l%d%s" % (n, rest)).read()
            if "root:" in text or "hidden" in text: reached(text)
        except OSError: pass`,
      ],
    ] as const

    test.each(attacks)('attack: %s', (_name, code) => expectUnharmed(code, 40))

    test('nobody outlives its time, not by catching, nor by a loop in finally', async () => {
      await attempt('pass')
      const done = await attempt(
        'while True:\n    try:\n        while True: pass\n    finally:\n        continue',
        0.3,
      )
      expect(done.error?.code).toMatch(/^(SCRIPT|ODOO)_TIMEOUT$/)
    })
  },
)

/** Names, sizes, rights and contents below a folder, but for one file that the test writes itself. */
async function fingerprint(folder: string, except = ''): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const file = join(entry.parentPath, entry.name)
      const { mode, mtimeMs, size } = await stat(file)
      if (except !== '' && file.endsWith(except)) return `${file} ${mode}`
      if (entry.isDirectory()) return `${file} ${mode}`
      return `${file} ${mode} ${mtimeMs} ${size} ${await readFile(file, 'utf8')}`
    }),
  )
  return lines.sort().join('\n')
}
