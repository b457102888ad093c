"""What all environments of a cursor share."""

import moultg

from odoo._guest.pending import watch
from odoo._records.cache import Cache
from odoo._records.followers import followers
from odoo._records.pending import Pending
from odoo._records.schema import Schema


class Transaction:
    """Schemas, classes of models, cached values and held-back writes of one cursor."""

    def __init__(self, cr):
        self.cr = cr
        self.cache = Cache()
        self.pending = Pending()
        self.environments = {}
        #: Whether a flush is going on; what it sends must not flush again.
        self.flushing = False
        #: Whether tables or reflection may have changed since the schemas were read.
        self.schema_stale = True
        self._schemas = {}
        self._classes = {}
        self._followers = {}
        watch(self)

    def flush(self):
        """Sends what is held back: one request per model and context."""
        if not self.pending or self.flushing:
            return
        self.flushing = True
        try:
            for model, context, groups in self.pending.take():
                keywords = dict(context)
                if len(groups) == 1:
                    ids, values = groups[0]
                    moultg.call("orm.write", model, ids, values, **keywords)
                else:
                    entries = [[ids, values] for ids, values in groups]
                    moultg.call("orm.write_many", model, entries, **keywords)
        finally:
            self.flushing = False

    def clear(self):
        """Drops values that are cached or held back."""
        self.pending.clear()
        self.cache.clear()

    def reset(self):
        """Drops everything that was known about the database."""
        self.clear()
        self.schema_stale = True

    def ask(self, op, *args, **keywords):
        """The host's answer, with held-back writes sent first."""
        self.flush()
        return moultg.call(op, *args, **keywords)

    def model_class(self, name):
        """The class of a model's recordsets; KeyError when the database knows no such model."""
        self._refresh()
        cls = self._classes.get(name)
        if cls is None:
            from odoo._records.model_class import build_class

            cls = self._classes[name] = build_class(self.schema(name))
        return cls

    def knows(self, name):
        """Whether the database has the model."""
        try:
            self.model_class(name)
        except KeyError:
            return False
        return True

    def schema(self, name):
        self._refresh()
        schema = self._schemas.get(name)
        if schema is None:
            answer = moultg.call("orm.model", name)
            if answer is None:
                raise KeyError(name)
            schema = self._schemas[name] = Schema(answer)
            self._followers.clear()
        return schema

    def drop_followers(self, model, name=None):
        """Drops cached values that follow from a field, or from which records the model has."""
        key = (model, name)
        found = self._followers.get(key)
        if found is None:
            found = self._followers[key] = followers(self._schemas, model, name)
        for other, names in found:
            self.cache.drop(other, None, names)

    def model_names(self):
        """All models of the database."""
        self._refresh()
        return moultg.call("orm.models")

    def _refresh(self):
        if not self.schema_stale:
            return
        self.schema_stale = False
        self._schemas.clear()
        self._classes.clear()
        self._followers.clear()
        moultg.call("orm.invalidate")


def transaction_of(cr):
    """The cursor's transaction; made with its first environment."""
    transaction = cr.transaction
    if transaction is None:
        transaction = cr.transaction = Transaction(cr)
    return transaction
