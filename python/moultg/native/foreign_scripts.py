"""Scripts in other languages than Python, in the row of those that Odoo's loader runs; the host runs them.

Odoo collects ``*.py`` by version folder, decides by version and phase, orders by name and calls ``migrate``.
What the host has found in other languages is put among the collected files, so that all of this is Odoo's.
"""

import os
from types import ModuleType

from .. import call
from .pending import flush_pending, forget_values

#: Makes a name pass for one of Python's. It sorts as the name without it: no character is smaller.
_DISGUISE = "\0.py"

#: Folders inside a module; up to Odoo 14 the collected files are named below them.
_FOLDERS = {"module": "migrations", "module_upgrades": "upgrades"}


class ForeignScripts:
    """What the host has found, by where Odoo would have found it."""

    def __init__(self, scripts):
        self._scripts = scripts
        self._by_path = {}
        for script in scripts:
            for path in _paths(script):
                self._by_path[path + _DISGUISE] = script

    def add_to(self, manager):
        """Puts the scripts among the files that a migration manager has collected."""
        by_name = _collects_names()
        for script in self._scripts:
            sources = manager.migrations.get(script["module"])
            if sources is None:
                # The module is not upgraded.
                continue
            versions = sources.setdefault(script["source"], {})
            files = versions.setdefault(script["directory"], [])
            path = os.path.basename(script["file"]) if by_name else script["file"]
            files.append(path + _DISGUISE)

    def find(self, path):
        """The script that Odoo is about to load as ``path``; None for one in Python."""
        if not path.endswith(_DISGUISE):
            return None
        found = self._by_path.get(path)
        return found or self._by_path[_tail(path)]

    def load(self, script, module, stage):
        """What Odoo takes for the script's module; its ``migrate`` has the host run it."""
        name = os.path.basename(script["file"])
        loaded = ModuleType(name[: name.rindex(".")])

        def migrate(cr, version):
            flush_pending()
            call("loader.run_script", script["file"], module, stage, script["directory"], version or "")
            forget_values()

        loaded.migrate = migrate
        return loaded


def _paths(script):
    """How Odoo may name a script: as the host does, and up to 14 by the end of its path."""
    module, directory = script["module"], script["directory"]
    name = os.path.basename(script["file"])
    yield script["file"]
    folder = _FOLDERS.get(script["source"])
    yield "/".join((module, folder, directory, name) if folder else (module, directory, name))


def _tail(path):
    """The part that :func:`_paths` knows of a path below an entry of the upgrade path."""
    return "/".join(path.replace(os.sep, "/").split("/")[-3:])


def _collects_names():
    """Whether Odoo collects base names instead of paths, as it does up to 14."""
    from odoo import release

    return release.version_info[0] < 15
