"""Keeps what one script does to the interpreter away from the next."""

import linecache
import logging
import os
import sys
import warnings

from . import paths

_SCRIPT_PACKAGE = "moult_script"

_keeps_libraries = False


def keep_libraries():
    """Has modules that a script imports, and loggers, stay: Odoo's cannot come and go."""
    global _keeps_libraries
    _keeps_libraries = True


class Isolation:
    """The interpreter's state before a script; ``restore`` puts it back."""

    def __init__(self):
        self._modules = set(sys.modules)
        self._path = sys.path[:]
        self._meta_path = sys.meta_path[:]
        self._importers = set(sys.path_importer_cache)
        self._loggers = set(logging.root.manager.loggerDict)
        self._environment = dict(os.environ)
        self._folder = os.getcwd()
        self._filters = warnings.filters[:]
        self._recursion = sys.getrecursionlimit()

    def restore(self):
        self._forget_modules()
        sys.path[:] = self._path
        sys.meta_path[:] = self._meta_path
        sys.setrecursionlimit(self._recursion)
        for name in set(sys.path_importer_cache) - self._importers:
            del sys.path_importer_cache[name]
        if not _keeps_libraries:
            self._reset_loggers()
        if dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        os.chdir(self._folder)
        warnings.filters[:] = self._filters
        linecache.clearcache()
        sys.settrace(None)
        sys.setprofile(None)

    def _forget_modules(self):
        # Children first: the path of a namespace package is looked up through its parent.
        for name in sorted(set(sys.modules) - self._modules, reverse=True):
            module = sys.modules[name]
            if not _is_users(name, module):
                continue
            del sys.modules[name]
            parent, _, child = name.rpartition(".")
            holder = sys.modules.get(parent)
            if holder is not None and holder.__dict__.get(child) is module:
                del holder.__dict__[child]

    def _reset_loggers(self):
        known = logging.root.manager.loggerDict
        for name in list(known):
            logger = known[name]
            if name not in self._loggers:
                del known[name]
            elif isinstance(logger, logging.Logger):
                _reset(logger)


def _reset(logger):
    if logger.handlers or logger.filters or logger.level or logger.disabled or not logger.propagate:
        logger.handlers[:] = []
        logger.filters[:] = []
        logger.setLevel(logging.NOTSET)
        logger.disabled = False
        logger.propagate = True


def _is_users(name, module):
    if name == _SCRIPT_PACKAGE or name.startswith(_SCRIPT_PACKAGE + "."):
        return True
    if _keeps_libraries:
        return False
    path = getattr(module, "__file__", None)
    if path is None:
        locations = list(getattr(module, "__path__", None) or ())
        path = locations[0] if locations else None
    return isinstance(path, str) and paths.is_user(path)
