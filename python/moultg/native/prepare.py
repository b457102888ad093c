"""Readies the interpreter for Odoo, once."""

import gc
import importlib
import os
import sys
import threading
import warnings

from psycopg2 import _transactions

from .. import isolation
from .facts import facts
from .stubs import STAND_INS


def start(fields):
    """Makes ``import odoo`` work and sets Odoo up without a server; what fails is raised."""
    facts.load(fields)
    os.environ.update(facts.environment)
    # A configuration file of the machine's is not this run's.
    os.environ["ODOO_RC"] = os.path.join(facts.data_folder, "none.conf")
    os.makedirs(facts.data_folder, exist_ok=True)
    _prefer_compiled("lxml", "etree")
    _prefer_compiled("PIL", "_imaging")
    _search()
    from . import builtin_repairs, docstrings, package_repairs, stubs

    builtin_repairs.apply()
    docstrings.keep()
    stubs.install()
    package_repairs.install()
    threading.current_thread().dbname = None
    # Old packages on a new Python: nothing that the user can mend.
    warnings.filterwarnings("ignore", category=SyntaxWarning)
    isolation.keep_libraries()
    _transactions.keep()
    _import_odoo()
    _spare_collector()


def _spare_collector():
    """
    Has the collector pass over what was imported, which stays as long as the interpreter.

    WebAssembly's Python looks at old objects a little with every 2,000 new ones, of which Odoo makes millions.
    """
    if sys.platform == "emscripten":
        gc.collect()
        gc.freeze()
        gc.set_threshold(20000, 10, 10)


def _search():
    from . import facade

    for folder in facts.packages:
        if folder not in sys.path:
            sys.path.append(folder)
    # Last: only what this Python does not have.
    facade.go_last()
    sys.path.append(STAND_INS)


def _prefer_compiled(package, extension):
    """Imports the interpreter's own package where it has its compiled part, before moult's is found."""
    from importlib.machinery import ExtensionFileLoader, PathFinder

    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    folders = [folder for folder in sys.path if os.path.abspath(folder) != own]
    spec = PathFinder.find_spec(package, folders)
    if spec is None or not spec.submodule_search_locations:
        return
    part = PathFinder.find_spec(
        "%s.%s" % (package, extension), list(spec.submodule_search_locations)
    )
    if part is None or not isinstance(part.loader, ExtensionFileLoader):
        return
    module = importlib.util.module_from_spec(spec)
    sys.modules[package] = module
    spec.loader.exec_module(module)


def _import_odoo():
    from . import configuration, cursors, facade, repairs

    importlib.import_module("odoo")
    repairs.apply()
    facade.install()
    configuration.apply()
    cursors.install()
