"""The registry of models, as scripts ask it whether a model is there."""

from contextlib import contextmanager


class Registry:
    """The models of a database by name. `registry["x"]` is a class: `_name`, `_table`, `_fields`."""

    def __init__(self, db_name, cr=None):
        self.db_name = db_name
        self.ready = False
        self.loaded = False
        self._cursor = cr

    def get(self, model_name, default=None):
        return self[model_name] if model_name in self else default

    @classmethod
    def new(cls, db_name, *args, **kwargs):
        return cls(db_name)

    def __contains__(self, model_name):
        return self._transaction().knows(model_name)

    def __getitem__(self, model_name):
        return self._transaction().model_class(model_name)

    def __iter__(self):
        return iter(self._transaction().model_names())

    def __len__(self):
        return len(self._transaction().model_names())

    def keys(self):
        return list(self)

    @property
    def models(self):
        return self

    def cursor(self, readonly=False):
        """A new cursor on the same connection; a context that ends with the host's commit."""
        from odoo.sql_db import db_connect

        return db_connect(self.db_name).cursor()

    @contextmanager
    def manage_changes(self):
        yield

    def clear_cache(self, *names):
        """Drops cached values."""
        self._transaction().cache.clear()

    clear_caches = clear_all_caches = clear_cache

    def setup_models(self, cr):
        """Reads schemas anew when they are used next."""
        self._transaction().schema_stale = True

    def _transaction(self):
        from odoo._records.transaction import transaction_of

        if self._cursor is None or self._cursor.closed:
            self._cursor = self.cursor()
        return transaction_of(self._cursor)


class RegistryManager:
    """The registries of old releases."""

    @staticmethod
    def get(db_name, *args, **kwargs):
        return Registry(db_name)

    @staticmethod
    def new(db_name, *args, **kwargs):
        return Registry(db_name)
