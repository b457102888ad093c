"""The guest inside the host's process: Python compiled to WebAssembly, in a worker thread."""

import importlib
import sys

from . import commands, transport
from .settings import settings

_PREPARED = (
    "psycopg2",
    "psycopg2.extras",
    "psycopg2.sql",
    "psycopg2.errors",
    "odoo",
    "odoo.api",
    "odoo.sql_db",
    "odoo.tools",
    "odoo.tools.sql",
    "lxml.etree",
)
_LIBRARY = ("openupgradelib.openupgrade",)

# What leads from Python to JavaScript, or out of the interpreter's own files.
_DOORS = (
    "js",
    "pyodide_js",
    "pyodide",
    "_pyodide",
    "_pyodide_core",
    "pyodide_http",
    "micropip",
)


def connect(exchange):
    """Takes the function that reaches the host; answers the one that does its commands."""
    transport.install(exchange)
    return commands.handle


def prepare(release, own_library):
    """
    Imports what scripts need, once, for the picture of memory that later starts begin with.

    ``own_library`` tells whether ``openupgradelib`` will be moult's.
    """
    settings.release = release
    for name in _PREPARED + (_LIBRARY if own_library else ()):
        try:
            importlib.import_module(name)
        except Exception:
            # It says so to the script that wants it; the picture must not depend on it.
            pass


def refresh():
    """After a start from a picture of memory: folders and randomness must not be the picture's."""
    sys.path_importer_cache.clear()
    random = sys.modules.get("random")
    if random is not None:
        random.seed()


def seal():
    """Closes the ways out of the interpreter."""
    for name in list(sys.modules):
        if name.partition(".")[0] in _DOORS:
            del sys.modules[name]
    sys.meta_path[:] = [finder for finder in sys.meta_path if not _leads_out(finder)]


def _leads_out(finder):
    cls = finder if isinstance(finder, type) else type(finder)
    return cls.__module__.partition(".")[0] in _DOORS
