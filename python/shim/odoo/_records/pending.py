"""Writes that are held back, so that a loop over records becomes one request."""

import json

import moultg


class Pending:
    """Assigned values by model and context; grouped by equal values when they are sent."""

    __slots__ = ("_models",)

    def __init__(self):
        self._models = {}

    def __bool__(self):
        return bool(self._models)

    def add(self, model, context, ids, values):
        """Holds values back for records. `context` are the host's keywords as sorted pairs."""
        records = self._models.setdefault((model, context), {})
        for record_id in ids:
            kept = records.get(record_id)
            if kept is None:
                records[record_id] = dict(values)
            else:
                kept.update(values)

    def models(self):
        return {model for model, _context in self._models}

    def contexts(self, model):
        return {context for name, context in self._models if name == model}

    def fields_of(self, model, record_id):
        """Names of the fields that wait for the record."""
        names = set()
        for (name, _context), records in self._models.items():
            if name == model:
                names.update(records.get(record_id, ()))
        return names

    def take(self):
        """Everything that waits, in the order of the first assignments; nothing waits afterwards."""
        models, self._models = self._models, {}
        for (model, context), records in models.items():
            yield model, context, _grouped(records)

    def clear(self):
        self._models.clear()


def _grouped(records):
    groups = {}
    for record_id, values in records.items():
        group = groups.setdefault(_key(values), ([], values))
        group[0].append(record_id)
    return list(groups.values())


def _key(values):
    try:
        # The type, because 1, 1.0 and True are equal but not the same to a column.
        key = tuple((name, type(value), value) for name, value in values.items())
        hash(key)
        return key
    except TypeError:
        return json.dumps(moultg.encode(values), sort_keys=True)
