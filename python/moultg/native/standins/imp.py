"""What Odoo up to 15 uses of a module that Python 3.12 has removed."""

import importlib.util
import sys
from importlib import reload  # noqa: F401 (part of the interface)
from types import ModuleType

PY_SOURCE, PY_COMPILED, PKG_DIRECTORY = 1, 2, 5


def new_module(name):
    """An empty module that is not registered."""
    return ModuleType(name)


def load_source(name, path, file=None):
    """Runs a source file as a module and registers it."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def acquire_lock():
    """Does nothing: one thread imports."""


def release_lock():
    """Does nothing: one thread imports."""


def lock_held():
    """One thread imports."""
    return False
