"""Changing records. Plain values wait, so that a loop of assignments becomes one request."""

from odoo._guest.host import ask
from odoo.release import version_info

_LISTS = ("one2many", "many2many")


class Writing:
    """Assignments, `write`, `create`, `unlink`, `copy`, and the borders at which values are sent."""

    __slots__ = ()

    def __setattr__(self, name, value):
        if name not in self._fields:
            raise AttributeError("%r object has no field %r" % (self._name, name))
        self._hold_back({name: value})

    def __setitem__(self, name, value):
        self._field(name)
        self._hold_back({name: value})

    def update(self, values):
        """Assigns the fields of a dict."""
        for name in values:
            self._field(name)
        self._hold_back(values)

    def write(self, vals):
        """Changes fields of all records; ValueError for a field that the model does not have."""
        for name in vals:
            if name not in self._fields:
                raise ValueError("Invalid field %r on model %r" % (name, self._name))
        self._hold_back(vals)
        return True

    def _hold_back(self, values):
        if not self._ids or not values:
            return
        values = {name: self._fields[name].to_write(value) for name, value in values.items()}
        env = self.env
        transaction = env.transaction
        if any(self._fields[name].type in _LISTS for name in values):
            # Commands change other records, and mean something else once those have changed.
            env.ask("orm.write", self._name, list(self._ids), values)
            for name in values:
                self._forget_written(self._fields[name])
            return
        transaction.pending.add(self._name, env.keywords(), self._ids, values)
        for name, value in values.items():
            field = self._fields[name]
            transaction.cache.put(env.keywords(), self._name, self._ids, name, field.to_cache(value))
            self._forget_following(field)

    def _forget_written(self, field):
        cache = self.env.transaction.cache
        cache.drop(self._name, self._ids, [field.name])
        if field.type in _LISTS:
            # The other side's own lists and links, and what the commands wrote there.
            cache.drop(field.comodel_name)
        self._forget_following(field)

    def _forget_following(self, field):
        transaction = self.env.transaction
        transaction.drop_followers(self._name, field.name)
        if field.kind == "related" and field.related:
            # A delegated or related field is written where its path ends.
            model = self
            for name in field.related.split(".")[:-1]:
                model = self.env[model._fields[name].comodel_name]
            transaction.cache.drop(model._name, None, [field.related.split(".")[-1]])

    def create(self, vals_list):
        """Makes one record of a dict, or one per dict of a list."""
        single = isinstance(vals_list, dict)
        rows = [vals_list] if single else list(vals_list)
        if not rows:
            return self.browse()
        for values in rows:
            for name in values:
                if name not in self._fields:
                    raise ValueError("Invalid field %r on model %r" % (name, self._name))
        rows = [{name: self._fields[name].to_write(value) for name, value in row.items()} for row in rows]
        ids = self.env.ask("orm.create", self._name, rows, **self._defaults())
        self.env.transaction.drop_followers(self._name)
        return self.browse(ids)

    def copy(self, default=None):
        """Duplicates the records; `default` replaces values. One record up to 17.0, any number from 18.0."""
        if version_info[0] < 18:
            self.ensure_one()
        values = {name: self._fields[name].to_write(value) for name, value in (default or {}).items()}
        ids = self.env.ask("orm.copy", self._name, list(self._ids), values, **self._defaults())
        self.env.transaction.drop_followers(self._name)
        return self.browse(ids)

    def unlink(self):
        """Deletes the records."""
        if self._ids:
            self.env.ask("orm.unlink", self._name, list(self._ids))
            # Foreign keys delete and empty rows of other tables.
            self.env.transaction.cache.clear()
        return True

    def default_get(self, fields_list):
        """The defaults of these fields, as far as the database or the context has them."""
        return self.env.ask("orm.default_get", self._name, list(fields_list), **self._defaults())

    def _defaults(self):
        prefix = "default_"
        defaults = {
            key[len(prefix) :]: value for key, value in self.env.context.items() if key.startswith(prefix)
        }
        return {"defaults": defaults} if defaults else {}

    def _parent_store_compute(self):
        """Fills `parent_path` of the whole table."""
        ask("orm.parent_store", self._name)
        self.env.transaction.cache.drop(self._name, None, ["parent_path"])
        return True

    def _forget(self, names=None, ids=None):
        self.env.transaction.cache.drop(self._name, ids, None if names is None else list(names))

    if version_info[0] < 17:

        def flush(self, fnames=None, records=None):
            """Sends what is held back."""
            self.env.transaction.flush()

        def invalidate_cache(self, fnames=None, ids=None):
            """Drops cached values, of all models unless fields are named."""
            self.env.transaction.flush()
            if fnames is None and ids is None:
                self.env.transaction.cache.clear()
            else:
                self._forget(fnames, ids)

        def refresh(self):
            """Drops cached values."""
            self.invalidate_cache()

    if version_info[0] >= 16:

        def flush_model(self, fnames=None):
            """Sends what is held back."""
            self.env.transaction.flush()

        def flush_recordset(self, fnames=None):
            """Sends what is held back."""
            self.env.transaction.flush()

        def invalidate_model(self, fnames=None, flush=True):
            """Drops the model's cached values."""
            if flush:
                self.env.transaction.flush()
            self._forget(fnames)

        def invalidate_recordset(self, fnames=None, flush=True):
            """Drops the records' cached values."""
            if flush:
                self.env.transaction.flush()
            self._forget(fnames, self._ids)
