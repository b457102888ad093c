"""Fields whose values are records."""

from odoo._records.prefetch import Prefetch


def _is_records(value):
    return hasattr(value, "_ids") and hasattr(value, "env")


def _prefetch_of(record, name):
    # The other side of one record is read together with that of the records it came with.
    def ids():
        env = record.env
        records = env.transaction.cache.model(env.keywords(), record._name)
        found = {}
        for one in record._prefetching().ids():
            value = (records.get(one) or {}).get(name)
            if isinstance(value, tuple):
                found.update(dict.fromkeys(value))
            elif value:
                found[value] = None
        return tuple(found)

    return Prefetch(ids)


class BareMany2one:
    """Kept as an id."""

    def empty(self, env):
        return env[self.comodel_name]

    def to_cache(self, value):
        if _is_records(value):
            return value.id or None
        return value or None

    def to_record(self, value, record):
        comodel = record.env[self.comodel_name]
        if value is None:
            return comodel
        return comodel._make(record.env, (value,), _prefetch_of(record, self.name))

    def to_write(self, value):
        return value.id if _is_records(value) else value

    def to_read(self, value, record, load):
        if value is None:
            return False
        if load != "_classic_read":
            return value
        # One read of the names of all that were read together.
        comodel = self.to_record(value, record)
        return (value, comodel._display_names([value])[value])


class BareX2many:
    """Kept as a tuple of ids."""

    def empty(self, env):
        return env[self.comodel_name]

    def to_cache(self, value):
        return tuple(value or ())

    def to_record(self, value, record):
        comodel = record.env[self.comodel_name]
        return comodel._make(record.env, value, _prefetch_of(record, self.name))

    def to_read(self, value, record, load):
        return list(value)


class BareReference:
    """Kept as `model,id`."""

    def to_cache(self, value):
        if _is_records(value):
            return "%s,%s" % (value._name, value.id) if value else None
        return value or None

    def to_record(self, value, record):
        if value is None:
            return None
        model, _, record_id = value.partition(",")
        return record.env[model].browse(int(record_id))

    def to_write(self, value):
        return self.to_cache(value) or False

    def to_read(self, value, record, load):
        return value or False
