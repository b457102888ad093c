/** Python's own packages (3.8 to 3.14). */
const STANDARD = `
  abc argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 calendar cgi chunk cmath cmd
  code codecs collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg
  crypt csv ctypes dataclasses datetime dbm decimal difflib dis distutils email encodings enum errno
  faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob
  graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib inspect io ipaddress itertools
  json keyword linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder
  multiprocessing netrc numbers opcode operator optparse os pathlib pdb pickle pickletools pipes pkgutil
  platform plistlib poplib posixpath pprint profile pstats pwd py_compile pyclbr pydoc queue quopri random re
  reprlib resource runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket
  socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog
  tarfile telnetlib tempfile textwrap threading time timeit token tokenize tomllib trace traceback tracemalloc
  types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc
  zipapp zipfile zipimport zlib zoneinfo __future__
`
  .trim()
  .split(/\s+/)

/** What moult brings for every script. */
const PROVIDED = ['odoo', 'openerp', 'openupgradelib', 'psycopg2', 'lxml']

const KNOWN: ReadonlySet<string> = new Set([...STANDARD, ...PROVIDED])

/** Whether a package is there for every script; relative imports stay inside the script's own folder. */
export function isKnownPackage(module: string): boolean {
  const [root = ''] = module.split('.')
  return root === '' || KNOWN.has(root)
}

/** What lies below `odoo` without the release's own code. */
const WITHOUT_MODELS =
  /^(?:odoo|openerp)(?:\.(?:api|fields|models|exceptions|release|registry|sql_db|osv|osv\.expression|modules(?:\.(?:module|registry))?|tools(?:\.\w+)?|upgrade(?:\..*)?|addons|addons\.openupgrade_scripts(?:\..*)?|addons\.base\.maintenance(?:\..*)?))?$/

/** Whether an import asks for code of the release itself, or of one of its modules. */
export function needsRelease(module: string, names: readonly string[]): boolean {
  if (!/^(?:odoo|openerp)(?:\.|$)/.test(module)) return false
  if (!WITHOUT_MODELS.test(module)) return true
  // `from odoo.addons import account`
  const isAddons = /\.addons$/.test(module)
  return isAddons && names.some((name) => name !== 'openupgrade_scripts')
}
