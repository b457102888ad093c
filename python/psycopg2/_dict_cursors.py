"""Cursors whose rows are read by column name, and connections that make them."""

import re
from collections import OrderedDict, namedtuple
from functools import lru_cache

from ._connection import connection as _connection
from ._cursor import cursor as _cursor


class DictCursorBase(_cursor):
    """Base of cursors whose rows are of the class ``row_factory``."""

    __module__ = "psycopg2.extras"

    def __init__(self, *args, **kwargs):
        factory = kwargs.pop("row_factory", None)
        super().__init__(*args, **kwargs)
        if factory is not None:
            self.row_factory = factory


class DictCursor(_cursor):
    """Rows are lists that also know their columns' names."""

    __module__ = "psycopg2.extras"

    @property
    def index(self):
        """Position of each column, by name."""
        return {name: place for place, (name, _) in enumerate(self._columns or ())}

    def _shape(self, rows):
        index = self.index
        return [DictRow(index, values) for values in rows]


class DictRow(list):
    """A row as a list; ``row["name"]`` works, too."""

    __module__ = "psycopg2.extras"
    __slots__ = ("_index",)

    def __init__(self, index=None, values=()):
        # A cursor in place of the index is how psycopg2's own factory makes an empty row.
        columns = getattr(index, "index", None) if not isinstance(index, dict) else index
        self._index = columns if isinstance(columns, dict) else {}
        list.__init__(self, values or [None] * len(self._index))

    def __getitem__(self, key):
        return list.__getitem__(self, self._place(key))

    def __setitem__(self, key, value):
        list.__setitem__(self, self._place(key), value)

    def __contains__(self, name):
        return name in self._index

    def __reduce__(self):
        return DictRow, (self._index, list(self))

    def get(self, name, default=None):
        return self[name] if name in self._index else default

    def keys(self):
        return iter(self._index)

    def values(self):
        return iter(self)

    def items(self):
        return ((name, list.__getitem__(self, place)) for name, place in self._index.items())

    def copy(self):
        return OrderedDict(self.items())

    def _place(self, key):
        return key if isinstance(key, (int, slice)) else self._index[key]


class RealDictCursor(_cursor):
    """Rows are dicts."""

    __module__ = "psycopg2.extras"

    def _shape(self, rows):
        names = [name for name, _ in self._columns or ()]
        return [RealDictRow(zip(names, values)) for values in rows]


class RealDictRow(dict):
    """A row as a dict, in the order of the columns."""

    __module__ = "psycopg2.extras"


class NamedTupleCursor(_cursor):
    """Rows are named tuples; signs that Python does not allow are changed."""

    __module__ = "psycopg2.extras"

    Record = None

    def _shape(self, rows):
        self.Record = _record(tuple([name for name, _ in self._columns or ()]))
        return list(map(self.Record._make, rows))


@lru_cache(maxsize=512)
def _record(names):
    return namedtuple("Record", [_field_name(name) for name in names])


def _field_name(name):
    clean = re.sub(r"[^0-9A-Za-z_]", "_", name)
    # A field's name begins with a letter.
    return "f" + clean if clean[:1] == "_" or clean[:1].isdigit() else clean


class DictConnection(_connection):
    """A connection whose cursors are :class:`DictCursor`."""

    __module__ = "psycopg2.extras"

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or DictCursor)
        return super().cursor(*args, **kwargs)


class RealDictConnection(_connection):
    """A connection whose cursors are :class:`RealDictCursor`."""

    __module__ = "psycopg2.extras"

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or RealDictCursor)
        return super().cursor(*args, **kwargs)


class NamedTupleConnection(_connection):
    """A connection whose cursors are :class:`NamedTupleCursor`."""

    __module__ = "psycopg2.extras"

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or NamedTupleCursor)
        return super().cursor(*args, **kwargs)
