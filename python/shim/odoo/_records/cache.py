"""Values that were read, per context that they depend on."""


class Cache:
    """`values[context][model][id][field]`; the context is what the host's answer depends on."""

    __slots__ = ("_contexts", "_fields")

    def __init__(self):
        self._contexts = {}
        # Which fields have been cached at all: dropping another one costs nothing.
        self._fields = set()

    def model(self, context, model):
        """The values of a model's records in that context: id to fields."""
        return self._contexts.setdefault(context, {}).setdefault(model, {})

    def note(self, model, names):
        """Says that values of these fields are being put into `model()`."""
        self._fields.update((model, name) for name in names)

    def put(self, context, model, ids, field, value):
        """Keeps a written value, and drops it where it was read in another context."""
        if len(self._contexts) > 1:
            self.drop(model, ids, [field])
        self.note(model, [field])
        records = self.model(context, model)
        for record_id in ids:
            records.setdefault(record_id, {})[field] = value

    def drop(self, model, ids=None, names=None):
        """Drops values; of all the model's records without `ids`, all fields without `names`."""
        if names is not None:
            names = [name for name in names if (model, name) in self._fields]
            if not names:
                return
            if ids is None:
                self._fields.difference_update((model, name) for name in names)
        for models in self._contexts.values():
            records = models.get(model)
            if records:
                _drop(records, ids, names)

    def clear(self):
        self._contexts.clear()
        self._fields.clear()


def _drop(records, ids, names):
    if ids is None and names is None:
        records.clear()
        return
    for record_id in list(records) if ids is None else ids:
        if names is None:
            records.pop(record_id, None)
            continue
        values = records.get(record_id)
        if values:
            for name in names:
                values.pop(name, None)
