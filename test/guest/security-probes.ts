/** One attempt of a script to get out; it calls `reached(x)` when it holds something that it must not have. */
export interface Probe {
  readonly group: 'process' | 'javascript' | 'files' | 'network' | 'environment' | 'interpreter'
  readonly name: string
  readonly code: string
}

/**
 * The attempts. Names in capitals are replaced by the test: MARKER (a host file that must not appear),
 * SECRET (a host file outside of all folders), OWN (a host file inside), PORT (a listening socket).
 */
export const probes: readonly Probe[] = [
  // Processes.
  probe(
    'process',
    'os.system',
    'import os\nif os.system("touch MARKER") == 0: reached("status 0")',
  ),
  probe(
    'process',
    'subprocess',
    'import subprocess\nreached(subprocess.run(["id"], capture_output=True).stdout)',
  ),
  probe(
    'process',
    'os.popen',
    'import os\nout = os.popen("id").read()\nif "uid" in out: reached(out)',
  ),
  probe('process', 'os.fork', 'import os\nreached(os.fork())'),
  probe('process', 'os.execv', 'import os\nreached(os.execv("/usr/bin/id", ["id"]))'),
  probe(
    'process',
    'os.posix_spawn',
    'import os\nreached(os.posix_spawn("/usr/bin/id", ["id"], {}))',
  ),
  probe(
    'process',
    'multiprocessing',
    'import multiprocessing as m\np = m.Process(target=print)\np.start()\nreached(p.pid)',
  ),
  probe(
    'process',
    'ctypes system',
    'import ctypes\nif ctypes.CDLL(None).system(b"touch MARKER") == 0: reached(0)',
  ),
  probe(
    'process',
    'os.kill of the host',
    'import os\nos.kill(os.getppid() or 1, 0)\nos.kill(HOST_PID, 0)\nreached("signal")',
  ),
  probe(
    'process',
    'thread',
    'import threading\nt = threading.Thread(target=print)\nt.start()\nreached(t)',
  ),
  // From Python to JavaScript.
  probe('javascript', 'import js', 'import js\nreached(js)'),
  probe('javascript', 'js.process', 'from js import process\nreached(process.env)'),
  probe('javascript', 'import pyodide_js', 'import pyodide_js\nreached(pyodide_js.FS)'),
  probe('javascript', 'run_js', 'from pyodide.code import run_js\nreached(run_js("1 + 1"))'),
  probe(
    'javascript',
    'run_js process',
    'import pyodide.code\nreached(pyodide.code.run_js("process.env").to_py())',
  ),
  probe(
    'javascript',
    'register the js module',
    'from pyodide.ffi import register_js_module\nregister_js_module("js", EXCHANGE)\nreached(__import__("js"))',
  ),
  probe(
    'javascript',
    'constructor of a function',
    'reached(EXCHANGE.constructor("return process")())',
  ),
  probe(
    'javascript',
    'constructor through call',
    'reached(EXCHANGE.call.constructor("return 1")())',
  ),
  probe(
    'javascript',
    'constructor through bind',
    'reached(EXCHANGE.bind(None).constructor("return 1")())',
  ),
  probe(
    'javascript',
    'Object through a prototype',
    'o = EXCHANGE.__proto__.__proto__.constructor\nreached(o.constructor("return 1")())',
  ),
  probe(
    'javascript',
    'getOwnPropertyDescriptor',
    'o = EXCHANGE.__proto__.__proto__.constructor\nd = o.getOwnPropertyDescriptor(EXCHANGE.__proto__, "constructor")\nif d.value is not None: reached(d.value("return 1")())',
  ),
  probe(
    'javascript',
    'redefining constructor',
    'o = EXCHANGE.__proto__.__proto__.constructor\ntry: o.defineProperty(EXCHANGE.__proto__, "constructor", o.getOwnPropertyDescriptor(EXCHANGE, "name"))\nfinally:\n    if EXCHANGE.constructor is not None and str(EXCHANGE.constructor) != "undefined": reached(EXCHANGE.constructor)',
  ),
  probe(
    'javascript',
    'module cache',
    'import sys\nfound = [n for n in sys.modules if n.split(".")[0] in ("js", "pyodide_js", "_pyodide_core")]\nif found: reached(found)',
  ),
  probe(
    'javascript',
    'finders',
    'import sys\nfound = [f for f in sys.meta_path if "pyodide" in repr(f)]\nif found: reached(found)',
  ),
  probe(
    'javascript',
    'objects of the garbage collector',
    'import gc\nfor o in gc.get_objects():\n    if type(o).__name__ == "module" and o.__name__ in ("js", "pyodide_js"): reached(o)',
  ),
  probe('javascript', 'globals of leftover functions', LEFTOVERS()),
  probe(
    'javascript',
    'emscripten_run_script',
    'import ctypes\nctypes.CDLL(None).emscripten_run_script(b"globalThis.hacked = 1; fetch(\'http://127.0.0.1:PORT/\')")',
  ),
  probe(
    'javascript',
    'emscripten_run_script_int',
    'import ctypes\nif ctypes.CDLL(None).emscripten_run_script_int(b"41 + 1") == 42: reached(42)',
  ),
  probe(
    'javascript',
    'emscripten_run_script_string',
    'import ctypes\nf = ctypes.CDLL(None).emscripten_run_script_string\nf.restype = ctypes.c_char_p\nout = f(b"\'a\' + \'b\'")\nif out == b"ab": reached(out)',
  ),
  // Files.
  probe('files', 'a host file by its path', 'reached(open("SECRET").read())'),
  probe(
    'files',
    '/etc/passwd',
    'text = open("/etc/passwd").read()\nif "root:" in text: reached(text)',
  ),
  probe(
    'files',
    'dots',
    'import os\nreached(open(os.path.dirname(__file__) + "/../../../../" + "SECRET"[1:]).read())',
  ),
  probe(
    'files',
    'dots from a root',
    'import os\nfound = os.listdir(os.path.dirname(__file__) + "/../../../..")\nif "bin" in found or "etc" in found: reached(found)',
  ),
  probe(
    'files',
    '/proc of the host',
    'text = open("/proc/1/cmdline").read()\nif text: reached(text)',
  ),
  probe(
    'files',
    'root listing',
    // Data of Odoo's packages is mounted where Debian keeps it.
    `import os
found = set(os.listdir("/")) & {"etc", "usr", "root", "work", "var"}
if "usr" in found and os.listdir("/usr") == ["share"]:
    found |= set(os.listdir("/usr/share")) - {"docutils", "python-babel-localedata", "zoneinfo"}
    found -= {"usr"}
if found: reached(found)`,
  ),
  probe('files', 'writing the own folder', 'open(__file__ + ".new", "w")\nreached("written")'),
  probe('files', 'overwriting itself', 'open(__file__, "w").write("x")\nreached("written")'),
  probe('files', 'deleting', 'import os\nos.remove(__file__)\nreached("deleted")'),
  probe('files', 'chmod', 'import os\nos.chmod(__file__, 0o777)\nreached("changed")'),
  probe('files', 'hard link', 'import os\nos.link(__file__, "/tmp/link")\nreached("linked")'),
  probe(
    'files',
    'symbolic link through the mount',
    'import os\nos.symlink("SECRET", "/tmp/s")\nreached(open("/tmp/s").read())',
  ),
  probe(
    'files',
    'mounting by ctypes',
    'import ctypes\nf = ctypes.CDLL(None).mount\nif f(b"/", b"/tmp/m", b"NODEFS", 0, 0) == 0: reached("mounted")',
  ),
  probe('files', 'sqlite on the host', 'import sqlite3\nreached(sqlite3.connect("SECRET.db"))'),
  // Network.
  probe(
    'network',
    'socket',
    'import socket\nreached(socket.create_connection(("127.0.0.1", PORT), 2))',
  ),
  probe(
    'network',
    'urllib',
    'import urllib.request\nreached(urllib.request.urlopen("http://127.0.0.1:PORT/", timeout=2))',
  ),
  probe(
    'network',
    'http.client',
    'import http.client\nc = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)\nc.request("GET", "/")\nreached(c.getresponse())',
  ),
  probe(
    'network',
    'listening',
    'import socket\ns = socket.socket()\ns.bind(("127.0.0.1", 0))\ns.listen()\ns.settimeout(0.2)\nreached(s.accept())',
  ),
  probe(
    'network',
    'udp',
    'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nif s.sendto(b"x", ("127.0.0.1", PORT)) and s.getsockname()[1]: reached("sent")',
  ),
  probe(
    'network',
    'asyncio',
    'import asyncio\nreached(asyncio.run(asyncio.open_connection("127.0.0.1", PORT)))',
  ),
  probe(
    'network',
    'pyfetch',
    'from pyodide.http import pyfetch\nimport asyncio\nreached(asyncio.run(pyfetch("http://127.0.0.1:PORT/")))',
  ),
  probe(
    'network',
    'name resolution',
    'import socket\nfound = socket.gethostbyname("localhost")\ns = socket.create_connection((found, PORT), 2)\nreached(s)',
  ),
  probe('network', 'installing packages', 'import micropip\nreached(micropip.install("x"))'),
  // Environment.
  probe(
    'environment',
    'os.environ',
    'import os\nfound = [v for v in os.environ.values() if "hidden-value" in v]\nif found: reached(found)',
  ),
  probe(
    'environment',
    'getenv by ctypes',
    'import ctypes\nf = ctypes.CDLL(None).getenv\nf.restype = ctypes.c_char_p\nout = f(b"MOULT_TEST_SECRET")\nif out: reached(out)',
  ),
  probe(
    'environment',
    '/proc/self/environ',
    'text = open("/proc/self/environ").read()\nif text: reached(text)',
  ),
  probe(
    'environment',
    'paths of the host',
    'import sys\nfound = [p for p in [sys.executable, sys.prefix, *sys.argv, *sys.path] if "node_modules" in p or "HOST_HOME" in p]\nif found: reached(found)',
  ),
  probe('environment', 'standard input', 'reached(input())'),
  // The interpreter itself.
  probe('interpreter', 'a library of the host', 'import ctypes\nreached(ctypes.CDLL("libc.so.6"))'),
  probe(
    'interpreter',
    'a library by path',
    'import ctypes\nreached(ctypes.CDLL("/lib/x86_64-linux-gnu/libc.so.6"))',
  ),
  probe(
    'interpreter',
    'an extension of the host',
    'import importlib.machinery as m, importlib.util as u\nspec = u.spec_from_file_location("x", "/usr/lib/python3/dist-packages/apt_pkg.so", loader=m.ExtensionFileLoader("x", "/usr/lib/python3/dist-packages/apt_pkg.so"))\nreached(u.module_from_spec(spec))',
  ),
]

/**
 * Attempts with what is at hand beside the release's own Odoo: its filestore, its packages, its servers and
 * its connections.
 */
export const odooProbes: readonly Probe[] = [
  probe(
    'files',
    'names in the filestore that lead out of it',
    `import os
for name in ("../SECRET", "../../../../SECRET", "aa/../../SECRET", "checklist/../../../etc/passwd"):
    try: reached(open("/filestore/" + name).read())
    except OSError: pass`,
  ),
  probe(
    'files',
    'links in the filestore',
    `import os
name = "0123456789abcdef0123456789abcdef01234567"
os.makedirs("/filestore/01", exist_ok=True)
for make in (os.symlink, os.link, os.rename):
    try:
        make("SECRET", "/filestore/01/" + name)
        reached(open("/filestore/01/" + name).read())
    except OSError: pass`,
  ),
  probe(
    'files',
    'other names in the filestore',
    `for name in ("evil.py", "01/evil", "01/0123", "checklist/x.sh"):
    try:
        open("/filestore/" + name, "w")
        reached(name)
    except OSError: pass`,
  ),
  probe(
    'files',
    'packages and source trees are not written',
    `import odoo, os
for name in (odoo.__file__, os.path.dirname(odoo.__file__) + "/evil.py", "/packages/0/evil.py"):
    try:
        open(name, "a").write("")
        reached(name)
    except OSError: pass`,
  ),
  probe(
    'process',
    'programs that Odoo calls',
    `from odoo.tools import misc
found = misc.find_pg_tool("psql")
reached(found)
misc.exec_pg_command("psql", "--version")`,
  ),
  probe(
    'network',
    "Odoo's own server",
    `import odoo, odoo.service.server as server
odoo.tools.config["http_interface"] = "127.0.0.1"
odoo.tools.config["http_port"] = 0
started = server.ThreadedServer(odoo.http.root if hasattr(odoo, "http") else None)
started.http_spawn()
reached(started)`,
  ),
  probe(
    'network',
    'requests',
    'import requests\nreached(requests.get("http://127.0.0.1:PORT/", timeout=2))',
  ),
  probe('network', 'mail', 'import smtplib\nreached(smtplib.SMTP("127.0.0.1", PORT, timeout=2))'),
  probe(
    'environment',
    'another database through a connection',
    `import odoo, psycopg2
own = odoo.sql_db.db_connect("postgres_other").cursor()
own.execute("SELECT current_database()")
before = own.fetchone()
for dsn in ("dbname=template1", "host=127.0.0.1 port=PORT dbname=other", "service=x"):
    cursor = psycopg2.connect(dsn).cursor()
    cursor.execute("SELECT current_database()")
    found = cursor.fetchone()
    if found != before: reached(found)`,
  ),
  probe(
    'environment',
    "Odoo's configuration",
    `from odoo.tools import config
found = [v for v in config.options.values() if isinstance(v, str) and ("hidden-value" in v or "HOST_HOME" in v)]
if found or config["db_password"] or config["admin_passwd"] not in ("admin", None): reached(found)`,
  ),
]

/** Functions that belonged to purged modules still have their globals. */
function LEFTOVERS(): string {
  return `import gc, types
for o in gc.get_objects():
    if not isinstance(o, types.FunctionType): continue
    for name in ("run_js", "js", "pyodide_js", "loadPackage"):
        value = o.__globals__.get(name)
        if value is None: continue
        if name == "run_js": reached(value("1 + 1") if value("1 + 1") == 2 else value("process"))
        else: reached(value.process.env if hasattr(value, "process") else value.FS.filesystems.NODEFS)
`
}

function probe(group: Probe['group'], name: string, code: string): Probe {
  return { group, name, code }
}
