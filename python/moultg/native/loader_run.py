"""What one run of Odoo's loader has done so far, and what the host must hear of it."""

import json
import os
import sys

from .. import call
from ..codec import decode
from . import cursors
from .loader_memory import attributes, database_facts, pending_constraints


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
        #: Which time Odoo goes over its graph, counted from 1.
        self.passes = 0
        self._script_commits = script_commits
        self._sent = set()
        self._restored = False
        self._known = frozenset()
        last = next(reversed(self.finished.values()), {})
        #: Constraints that modules of earlier attempts could not set.
        self.pending = last.get("pending", {"not_null": [], "named": []})
        self._attributes = last.get("attributes", {})

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
        cursors.set_current(cursor)
        if self._restored:
            return
        self._restored = True
        # What is there from the start is Odoo's own.
        self._known = frozenset(vars(registry))
        if not self.removed:
            self._restore(registry)

    def _restore(self, registry):
        for entry in self.finished.values():
            registry.loaded_xmlids.update(entry["xml_ids"])
        facts = self.finished.get("base", {}).get("facts", {})
        for name, value in {**facts, **self._attributes}.items():
            setattr(registry, name, decode(json.dumps(value)))
        self._sent = set(registry.loaded_xmlids)

    def is_finished(self, name):
        """Whether an earlier attempt has done a module."""
        return name in self.finished and not self.removed

    def later(self, names):
        """
        Those of the modules that were not there yet when the first finished ones of them were loaded.

        Odoo loads modules that are installed by the upgrade behind the others. Marked as installed, a new
        process would load them among these, and the models' classes would inherit in another order.
        """
        finished = [name for name in names if self.is_finished(name)]
        passes = {name: self.finished[name].get("pass", 0) for name in finished}
        first = min(passes.values(), default=0)
        now = {name for name in finished if passes[name] == first}
        return set() if len(now) == len(finished) else set(names) - now

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
            "pass": self.passes,
            "xml_ids": xml_ids,
            "pending": pending_constraints(self.registry, self.pending),
            "attributes": attributes(self.registry, self._known),
        }
        if package.name == "base":
            entry["facts"] = database_facts(self.registry)
        _announce("module", entry)


def _announce(kind, entry):
    call("loader.commit", kind, json.dumps(entry))


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
