"""Reading fields: one request brings a field, or all plain columns, for a whole prefetch set."""

import moultg

from odoo._records.cells import columns_of
from odoo._records.unknown import unknown_attribute
from odoo.exceptions import MissingError


class Reading:
    """Access to the values of fields."""

    __slots__ = ()

    def __getattr__(self, name):
        field = self._fields.get(name) if not name.startswith("__") else None
        if field is None:
            return unknown_attribute(self._name, name)
        return self._value_of(name)

    def _value_of(self, name):
        """The field's value as a script sees it."""
        field = self._field(name)
        ids = self._ids
        if not ids:
            return field.empty(self.env)
        if len(ids) > 1:
            if field.relational:
                return self.mapped(name)
            self.ensure_one()
        if name == "id":
            return ids[0]
        record_id = ids[0]
        env = self.env
        values = env.transaction.cache.model(env.keywords(), self._name).get(record_id)
        if values is None or name not in values:
            self._fetch(field, record_id)
            values = env.transaction.cache.model(env.keywords(), self._name)[record_id]
        return field.to_record(values[name], self)

    def _field(self, name):
        try:
            return self._fields[name]
        except KeyError:
            raise KeyError(name) from None

    def _fetch(self, field, record_id):
        """Reads the field for the record and for those that came with it; MissingError when it is gone."""
        env = self.env
        records = env.transaction.cache.model(env.keywords(), self._name)
        name = field.name

        def lacking(one):
            values = records.get(one)
            return values is None or name not in values

        ids = self._prefetching().around(record_id, lacking)
        self._load(ids, self._fields_with(field))
        values = records.get(record_id)
        if values is None or name not in values:
            raise MissingError(
                "Record does not exist or has been deleted.\n(Record: %s(%s,), User: %s)"
                % (self._name, record_id, env.uid)
            )

    def _fields_with(self, field):
        if field.kind != "column" or field.type == "binary":
            return [field.name]
        if self.env.context.get("prefetch_fields") is False:
            return [field.name]
        names = self._schema.scalars
        return names if field.name in names else [field.name]

    def _load(self, ids, names):
        """Reads these fields of these records into the cache; values that wait to be written stay."""
        env = self.env
        transaction = env.transaction
        fields = [self._fields[name] for name in names]
        self._flush_before_read(fields)
        context = env.keywords()
        result = moultg.call("orm.read", self._name, list(ids), list(names), **dict(context))
        columns = columns_of(result)
        records = transaction.cache.model(context, self._name)
        transaction.cache.note(self._name, names)
        waiting = transaction.pending if self._name in transaction.pending.models() else None
        for index, record_id in enumerate(columns[0]):
            values = records.setdefault(record_id, {})
            kept = waiting.fields_of(self._name, record_id) if waiting else ()
            for position, field in enumerate(fields, 1):
                if field.name not in kept:
                    values[field.name] = field.to_cache(columns[position][index])

    def _flush_before_read(self, fields):
        # The model's own waiting columns cannot change what its other columns hold; anything else can.
        transaction = self.env.transaction
        pending = transaction.pending
        if not pending:
            return
        plain = all(field.kind == "column" for field in fields)
        if plain and pending.models() == {self._name} and pending.contexts(self._name) == {self.env.keywords()}:
            return
        transaction.flush()

    def read(self, fields=None, load="_classic_read"):
        """A dict of values per record, many2one as (id, name) pairs unless `load` is something else."""
        names = list(fields) if fields else self._readable()
        for name in names:
            if name not in self._fields:
                raise ValueError("Invalid field %r on model %r" % (name, self._name))
        if not self._ids:
            return []
        self._load(self._ids, [name for name in names if name != "id"])
        env = self.env
        cached = env.transaction.cache.model(env.keywords(), self._name)
        rows = []
        for record in self:
            values = cached.get(record._ids[0])
            if values is None:
                continue
            row = {"id": record._ids[0]}
            for name in names:
                if name != "id":
                    row[name] = self._fields[name].to_read(values[name], record, load)
            rows.append(row)
        return rows

    def _readable(self):
        kinds = ("column", "one2many", "many2many", "property", "related")
        return [
            name for name, field in self._fields.items() if field.kind in kinds and field.type != "binary"
        ]

    def _display_names(self, ids):
        """The names of records by id, as a stored name tells."""
        schema = self._schema
        display = schema.fields.get("display_name")
        name = "display_name" if display is not None and display.kind == "column" else schema.rec_name
        if name is None:
            return {one: "%s,%s" % (self._name, one) for one in ids}
        return {record.id: record._value_of(name) or "" for record in self.browse(ids)}
