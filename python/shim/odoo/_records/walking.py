"""Walking over records: map, filter, sort, group."""

from odoo.release import version_info


class Walking:
    """`mapped`, `filtered`, `sorted`, `grouped`."""

    __slots__ = ()

    def mapped(self, func):
        """What a function or a dotted path of fields gives, as a list or as a recordset without repetitions."""
        if not func:
            return self
        if isinstance(func, str):
            records = self
            for name in func.split("."):
                records = records._mapped_field(name)
            return records
        if not self._ids:
            values = func(self)
            return values if _is_recordset(values) else []
        values = [func(record) for record in self]
        if _is_recordset(values[0]):
            return values[0].union(*values[1:])
        return values

    def _mapped_field(self, name):
        field = self._field(name)
        if not field.relational:
            return [record._value_of(name) for record in self]
        ids = {}
        for record in self:
            ids.update(dict.fromkeys(record._value_of(name)._ids))
        return self.env[field.comodel_name].browse(ids)

    def filtered(self, func):
        """The records for which a function, or a dotted path of fields, gives something true."""
        if not func:
            return self
        if isinstance(func, str):
            path = func
            ids = tuple(record._ids[0] for record in self if any(record.mapped(path)))
        elif version_info[0] >= 18 and isinstance(func, (list, tuple)):
            return self.filtered_domain(func)
        else:
            ids = tuple(record._ids[0] for record in self if func(record))
        return self._make(self.env, ids, self._prefetch)

    def sorted(self, key=None, reverse=False):
        """The records in the model's order, by a field, or by what a function gives."""
        if len(self._ids) < 2:
            return self
        if key is None:
            found = self.with_context(active_test=False)._found([("id", "in", self.ids)], 0, None, None)._ids
            ids = found[::-1] if reverse else found
        else:
            if isinstance(key, str):
                name = key
                key = lambda record: _sortable(record._value_of(name))  # noqa: E731
            ids = tuple(record._ids[0] for record in sorted(self, key=key, reverse=reverse))
        return self._make(self.env, tuple(ids), self._prefetch)

    def grouped(self, key):
        """Recordsets by what a field or a function gives, in the order in which the values first come."""
        if isinstance(key, str):
            name = key
            key = lambda record: record._value_of(name)  # noqa: E731
        groups = {}
        for record in self:
            groups.setdefault(key(record), []).append(record._ids[0])
        prefetch = self._prefetching()
        return {value: self._make(self.env, tuple(ids), prefetch) for value, ids in groups.items()}


def _is_recordset(value):
    return isinstance(value, Walking)


def _sortable(value):
    return value.id if _is_recordset(value) else value
