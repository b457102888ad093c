"""Tells the host of each migration script that Odoo's loader runs."""

import logging
import os

from .. import call
from ..paths import to_user
from .foreign_scripts import ForeignScripts
from .tolerated_scripts import tolerated_load, tolerated_migrate


class LoaderScripts:
    """Hears of a script when Odoo loads its file, and of the line that Odoo logs before it runs it."""

    def __init__(self, foreign, keep_going):
        self._foreign = ForeignScripts(foreign)
        self._keep_going = keep_going
        self._pending = None
        self._running = None
        self._stage = None
        self._undo = []

    def install(self):
        """Puts the wrappers in."""
        from odoo.modules import migration

        self._filter = _LineFilter(self)
        logging.getLogger("odoo.modules.migration").addFilter(self._filter)
        self._replace(migration, "load_script", self._loading(migration.load_script))
        manager = migration.MigrationManager
        self._replace(manager, "migrate_module", self._migrating(manager.migrate_module))
        self._replace(manager, "_get_files", self._collecting(manager._get_files))

    def remove(self):
        """Takes the wrappers out."""
        logging.getLogger("odoo.modules.migration").removeFilter(self._filter)
        for holder, name, original in reversed(self._undo):
            setattr(holder, name, original)
        self._undo = []

    def _replace(self, holder, name, wrapper):
        self._undo.append((holder, name, getattr(holder, name)))
        setattr(holder, name, wrapper)

    def _loading(self, original):
        def load_script(path, name):
            self._finish()
            foreign = self._foreign.find(path)
            if foreign is not None:
                self._pending = foreign["file"]
                return self._foreign.load(foreign, *self._stage)
            script = tolerated_load(original, path, name) if self._keep_going else original(path, name)
            self._pending = path
            if self._keep_going and hasattr(script, "migrate"):
                script.migrate = tolerated_migrate(script.migrate, path, *self._stage)
            return script

        return load_script

    def _collecting(self, original):
        def _get_files(manager):
            original(manager)
            self._foreign.add_to(manager)

        return _get_files

    def _migrating(self, original):
        def migrate_module(manager, package, stage, *args, **kwargs):
            self._stage = (package.name, stage)
            result = original(manager, package, stage, *args, **kwargs)
            self._finish()
            return result

        for key, value in getattr(original, "__dict__", {}).items():
            setattr(migrate_module, key, value)
        return migrate_module

    def line(self, record):
        """A line of Odoo's about migration scripts."""
        if self._pending is None or record.levelno != logging.INFO:
            return
        path, self._pending = self._pending, None
        module, stage = self._stage
        self._running = path
        directory = os.path.basename(os.path.dirname(path))
        call("loader.script", module, stage, directory, to_user(path), record.getMessage())

    def _finish(self):
        self._pending = None
        if self._running is not None:
            self._running = None
            call("loader.script_done")


class _LineFilter(logging.Filter):
    def __init__(self, scripts):
        super().__init__()
        self._scripts = scripts

    def filter(self, record):
        self._scripts.line(record)
        return True
