"""What one run of Odoo's loader has done so far, and what the host must hear of it."""

import json
import os
import sys

from .. import call
from ..codec import decode, encode


class LoaderRun:
    """The state that the wrappers of Odoo's functions share."""

    def __init__(self, finished, script_commits):
        entries = [json.loads(text) for text in finished]
        #: What earlier attempts told of the modules they finished, by name.
        self.finished = {entry["module"]: entry for entry in entries if "module" in entry}
        #: Whether the modules to upgrade are marked in the database: Odoo marks them in the transaction of
        #: the first module after `base`.
        self.marked = any(name != "base" for name in self.finished)
        #: Whether an earlier attempt has gone beyond the removal of modules.
        self.removed = any(entry.get("removed") for entry in entries)
        self.registry = None
        self.cursor = None
        self.package = None
        self._script_commits = script_commits
        self._sent = set()
        self._restored = False

    def set_options(self, config, update, init):
        """Tells Odoo what to update."""
        fresh = not self.marked and not self.removed
        for kind, names in (("update", update), ("init", init)):
            config[kind] = dict.fromkeys(names, 1) if fresh else {}
        config["demo"] = {} if config["without_demo"] else dict(config["init"])

    def enter(self, registry, cursor):
        """Odoo begins to load modules into a registry."""
        if registry is not self.registry:
            self._restored = False
            self._sent = set()
        self.registry = registry
        self.cursor = cursor
        if self._restored:
            return
        self._restored = True
        self._restore(registry)

    def _restore(self, registry):
        for entry in self.finished.values():
            registry.loaded_xmlids.update(entry["xml_ids"])
            # Which fields were translated before the upgrade cannot be told after `base` any more.
            for name in _DATABASE_FACTS:
                if name in entry and hasattr(registry, name):
                    setattr(registry, name, decode(json.dumps(entry[name])))
        self._sent = set(registry.loaded_xmlids)

    def is_finished(self, name):
        """Whether an earlier attempt has done a module."""
        return name in self.finished and not self.removed

    def before_commit(self, cursor):
        """Called before each commit; False where it is not to be."""
        if cursor is not self.cursor:
            return None
        kind = _kind_of_commit(self.package)
        if kind == "module":
            self._module_done()
        elif kind == "removal":
            self.removed = True
            _announce("removal", {"removed": True})
        elif kind == "end":
            _announce("end", {})
        elif self._script_commits:
            _announce("script", {"module": self.package and self.package.name})
        else:
            call("loader.commit_ignored")
            return False
        return None

    def _module_done(self):
        package = self.package
        write_version(self.cursor, package)
        xml_ids = sorted(self.registry.loaded_xmlids - self._sent)
        self._sent.update(xml_ids)
        entry = {
            "module": package.name,
            "version": package.installed_version or "",
            "state": package.state,
            "xml_ids": xml_ids,
        }
        if package.name == "base":
            for name in _DATABASE_FACTS:
                if hasattr(self.registry, name):
                    entry[name] = encode(getattr(self.registry, name))
        _announce("module", entry)


def _announce(kind, entry):
    call("loader.commit", kind, json.dumps(entry))


# What Odoo reads from the reflection before `base` changes it.
_DATABASE_FACTS = ("_database_translated_fields", "_database_company_dependent_fields")


def write_version(cursor, package):
    """
    Writes a module's state and version, before the commit that completes it.

    Odoo does so after that commit: a failure in the next module would have this one's scripts run again.
    """
    from odoo import SUPERUSER_ID, api
    from odoo.modules.module import adapt_version

    env = api.Environment(cursor, SUPERUSER_ID, {})
    version = adapt_version(package.data["version"])
    record = env["ir.module.module"].browse(package.id)
    record.write({"state": "installed", "latest_version": version})
    (env.flush_all if hasattr(env, "flush_all") else record.flush)()


def _kind_of_commit(package):
    # Two frames up: the hook, and the wrapper of `commit`.
    frame = sys._getframe(3)
    folder, file = os.path.split(frame.f_code.co_filename)
    name = frame.f_code.co_name
    if name == "load_module_graph" and package is not None:
        return "module"
    if name == "load_modules" and os.path.basename(folder) == "modules":
        return "removal"
    if name == "__exit__" and file == "sql_db.py":
        return "end"
    return "script"
