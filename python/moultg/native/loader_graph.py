"""Wrappers around the modules' graph and its processing."""

from .. import call
from .loader_memory import retry_constraints


class LoaderGraph:
    """Tells the host of each module, and keeps Odoo from processing one twice."""

    def __init__(self, state, update, init):
        self._state = state
        self._update = set(update)
        self._init = set(init)
        self._order = {}
        self._started = None
        self._graph = None
        self._undo = []

    def install(self):
        """Puts the wrappers in; after the server-wide modules, which wrap the same functions."""
        from odoo.modules import graph, loading, migration, registry

        self._wrap(loading, "load_module_graph", self._load_module_graph)
        self._wrap(loading, "load_openerp_module", self._load_openerp_module)
        self._wrap(migration.MigrationManager, "migrate_module", self._migrate_module)
        self._wrap(graph.Graph, "add_modules", self._add_modules)
        self._wrap(registry.Registry, "finalize_constraints", self._finalize_constraints)
        self._wrap(loading, "reset_modules_state", self._reset_modules_state)
        import odoo.modules

        # `Registry.new` takes it from the package.
        self._wrap(odoo.modules, "reset_modules_state", self._reset_modules_state)

    def remove(self):
        """Takes the wrappers out."""
        for holder, name, original in reversed(self._undo):
            setattr(holder, name, original)
        self._undo = []

    def _wrap(self, holder, name, body):
        original = getattr(holder, name)

        def wrapper(*args, **kwargs):
            return body(original, *args, **kwargs)

        wrapper.__name__ = name
        # openupgrade_framework calls what it has replaced by this name.
        for key, value in getattr(original, "__dict__", {}).items():
            setattr(wrapper, key, value)
        self._undo.append((holder, name, original))
        setattr(holder, name, wrapper)

    def _load_module_graph(self, original, env, graph, *args, **kwargs):
        from odoo.modules.registry import Registry

        state = self._state
        # A cursor up to Odoo 16.
        cursor = getattr(env, "cr", env)
        state.enter(Registry(cursor.dbname), cursor)
        state.passes += 1
        self._order = {package.name: index for index, package in enumerate(graph, 1)}
        loaded, processed = original(env, graph, *args, **kwargs)
        state.package = None
        # Modules of an earlier attempt count as processed: what follows the last module depends on it.
        before = [name for name in loaded if state.is_finished(name)]
        return loaded, before + [name for name in processed if name not in before]

    def _load_openerp_module(self, original, name, *args, **kwargs):
        self._start(name)
        return original(name, *args, **kwargs)

    def _migrate_module(self, original, manager, package, stage, *args, **kwargs):
        if stage == "end":
            if self._started != "end":
                self._started = "end"
                call("loader.phase", "end")
        else:
            self._start(package.name, package)
        return original(manager, package, stage, *args, **kwargs)

    def _start(self, name, package=None):
        if self._started == (self._state.passes, name) or name not in self._order:
            return
        self._started = (self._state.passes, name)
        if package is None:
            package = self._graph.get(name)
        self._state.package = package
        updates = package is not None and (
            hasattr(package, "init")
            or hasattr(package, "update")
            or package.state in ("to install", "to upgrade")
        )
        at, total = self._order[name], len(self._order)
        call("loader.module", name, at, total, self._state.passes, bool(updates))

    def _add_modules(self, original, graph, cr, module_list, *args, **kwargs):
        self._graph = graph
        before = set(graph)
        state = self._state
        later = state.later(module_list)
        # In place: openupgrade_framework adds to the caller's list. Odoo asks again for those left out.
        module_list[:] = [name for name in module_list if name not in later]
        added = original(graph, cr, module_list, *args, **kwargs)
        if not state.finished or state.removed:
            return added
        for name, package in graph.items():
            if state.is_finished(name):
                _mark_finished(package, state.finished[name])
            elif name not in before and state.marked:
                self._flag(package)
        return added

    def _flag(self, package):
        """What Odoo derives from its options, which are not set when modules are marked already."""
        for kind, names in (("init", self._init), ("update", self._update)):
            if "all" in names or package.name in names:
                setattr(package, kind, True)

    def _finalize_constraints(self, original, registry, *args, **kwargs):
        call("loader.phase", "constraints")
        if self._state.finished and not self._state.removed:
            retry_constraints(registry, self._state.cursor, self._state.pending)
        return original(registry, *args, **kwargs)

    def _reset_modules_state(self, original, *args, **kwargs):
        """Odoo makes a failed upgrade look healthy; the host has it go on where it failed."""


def _mark_finished(package, entry):
    # Deleted past `Node.__setattr__`'s siblings: children keep theirs.
    for kind in ("init", "update", "demo"):
        package.__dict__.pop(kind, None)
    package.state = "installed"
    package.load_state = entry["state"]
    package.load_version = entry["version"]
