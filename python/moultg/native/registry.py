"""One registry for the life of the guest, extended module by module in the host's order.

``Registry.new`` would load every installed module, those included whose columns do not exist yet, and reset
module states on an error. So the registry is made here from the same parts; it issues no DDL, because
``init_models`` is never called.
"""

from types import SimpleNamespace

from . import cursors

# Translated fields are told by their columns' type: the reflection may be of the release before.
_COLUMNS = """
    SELECT c.relname, a.attname
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
       AND a.atttypid = 'jsonb'::regtype AND a.attnum > 0 AND NOT a.attisdropped"""
_TEXTS = """
    SELECT model, name FROM ir_model_fields
     WHERE ttype IN ('char', 'text', 'html') AND name = ANY(%s)"""


def _environments():
    """The scope that environments of Odoo 14 live in, for as long as what is answered is kept."""
    from odoo import api, release

    if release.version_info[0] > 14:
        return None
    scope = api.Environment.manage()
    scope.__enter__()
    return scope


class GuestRegistry:
    """A registry, the cursor that it lives on, and the modules in it."""

    def __init__(self, database):
        from odoo import sql_db
        from odoo.modules.registry import Registry

        self._environments = _environments()
        # First: whoever begins owns the transaction, and the registry opens cursors of its own.
        self.cursor = sql_db.db_connect(database).cursor()
        self.cursor.execute("SELECT 1")
        cursors.set_current(self.cursor)
        self.registry = object.__new__(Registry)
        self.registry.init(database)
        Registry.registries[database] = self.registry
        self._modules = []
        self._hooked = False

    @property
    def modules(self):
        """Names of the modules in the registry, in order."""
        return tuple(self._modules)

    def environment(self, **context):
        """An environment of the superuser."""
        from odoo import SUPERUSER_ID, api

        return api.Environment(self.cursor, SUPERUSER_ID, context)

    def extend(self, names, translated=None):
        """
        Adds modules that are not in it yet.

        ``translated`` names the fields (``model.field``) that are translated in the database at the moment;
        None has them read.
        """
        from odoo.modules import module as modules

        added = [name for name in names if name not in self._modules]
        if not added:
            return
        for name in added:
            modules.load_openerp_module(name)
        if hasattr(self.registry, "_database_translated_fields"):
            self.registry._database_translated_fields = self._translated(translated)
        for name in added:
            self.registry.load(self.cursor, SimpleNamespace(name=name))
        self._modules += added
        # Empty for `base` alone, as in Odoo: otherwise, manual models and fields are left out.
        self.registry._init_modules.update(self._modules[:-1] if len(self._modules) > 1 else ())
        self.registry.setup_models(self.cursor)
        self.registry._init_modules.update(self._modules)

    def complete(self, translated=None):
        """Has models patch what they patch in a registry that is complete, once; no field is translated late."""
        if self._hooked:
            return
        self._hooked = True
        if hasattr(self.registry, "_database_translated_fields"):
            names = self._translated(translated)
            if names != self.registry._database_translated_fields:
                self.registry._database_translated_fields = names
                self.registry.setup_models(self.cursor)
        for model in self.environment().values():
            model._register_hook()

    def enter(self):
        """Before the guest works: the host may have written."""
        cursors.forget_values(self.cursor)

    def leave(self):
        """After it has: pending computations and writes are sent, what was to precede a commit is done."""
        cursors.flush(self.cursor)
        cursors.drop_postcommit(self.cursor)

    def fail(self):
        """After an error, whose effects the host undoes: nothing of them may be written later."""
        if hasattr(type(self.cursor), "clear"):
            self.cursor.clear()
        else:
            self.environment().clear()
            self.cursor.precommit.clear()
        cursors.drop_postcommit(self.cursor)

    def _translated(self, names):
        if names is None:
            names = self._read_translated()
        # Odoo 18 keeps the kind of translation beside the name.
        if isinstance(self.registry._database_translated_fields, dict):
            return names if isinstance(names, dict) else dict.fromkeys(names, "standard")
        return set(names)

    def _read_translated(self):
        self.cursor.execute(_COLUMNS)
        columns = set(self.cursor.fetchall())
        self.cursor.execute(_TEXTS, [list({column for _table, column in columns})])
        return [
            "%s.%s" % (model, name)
            for model, name in self.cursor.fetchall()
            if (model.replace(".", "_"), name) in columns
        ]
