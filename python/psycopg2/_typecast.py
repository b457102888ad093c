"""Type casters: what turns a column's text into a Python value, by the type's OID."""

from ._cast_dates import QUICK_LOADS

#: Casters for all cursors, by OID; connections and cursors have such a dict of their own.
string_types = {}
binary_types = {}


class Typecaster:
    """Casts the text of certain types; compares equal to their OIDs, as PEP 249's type objects do.

    ``load(text)`` is how this package's own casters work. A script's caster is called with the cursor,
    and with None for NULL.
    """

    __slots__ = ("name", "values", "load", "_function", "_base")

    def __init__(self, values, name, load=None, function=None, base=None):
        self.values = tuple(values)
        self.name = name
        self.load = load
        self._function = function
        self._base = base

    def __call__(self, value, cursor=None):
        if isinstance(value, (bytes, bytearray)):
            value = bytes(value).decode("utf-8")
        if self._function is not None:
            return self._function(value, cursor)
        if value is None or self.load is None:
            return value
        return self.load(value)

    def __eq__(self, other):
        if isinstance(other, Typecaster):
            return any(value in self.values for value in other.values)
        return other in self.values if isinstance(other, int) else NotImplemented

    def __hash__(self):
        return hash(self.values)

    def __repr__(self):
        return "<psycopg2._psycopg.type '%s' at 0x%x>" % (self.name, id(self))

    def loader(self, cursor):
        """``(function of the text or None for none needed, whether it wants NULLs too)``."""
        if self._function is None:
            return self.load, False
        function = self._function
        return (lambda value: function(value, cursor)), True


# OIDs of ranges and of their arrays: their casters are loaded when one is met.
_RANGE_OIDS = frozenset((*range(3904, 3914), 3926, 3927))


def find_caster(oid):
    """The caster for all cursors; None when there is none for the type."""
    caster = string_types.get(oid)
    if caster is None and oid in _RANGE_OIDS:
        from . import _range_types  # noqa: F401 (registers them)

        caster = string_types.get(oid)
    return caster


def new_type(values, name, castobj=None, baseobj=None):
    """A caster for the types of these OIDs: ``castobj(text or None, cursor)`` answers the value."""
    return Typecaster(values, name, function=castobj, base=baseobj)


def register_type(caster, scope=None):
    """Has results use the caster: everywhere, or only for a connection's or a cursor's."""
    registry = string_types if scope is None else scope.string_types
    for value in caster.values:
        registry[value] = caster


def standard_type(values, name, load):
    """A caster of this package, registered for its types."""
    caster = Typecaster(values, name, load)
    register_type(caster)
    return caster


def row_maker(loaders):
    """The function that casts a list of rows (lists of texts) into a list of tuples."""
    if not any(load for load, _ in loaders):
        return lambda rows: list(map(tuple, rows))
    if len(loaders) == 1:
        return lambda rows: list(zip(_cast_column([row[0] for row in rows], *loaders[0])))

    def make(rows):
        if len(rows) == 1:
            return [tuple([_cast_cell(value, *loader) for value, loader in zip(rows[0], loaders)])]
        columns = zip(*rows)
        casted = [_cast_column(column, *loader) for column, loader in zip(columns, loaders)]
        return list(zip(*casted))

    return make


def _cast_cell(value, load, wants_null):
    if load is None or (value is None and not wants_null):
        return value
    return load(value)


def _cast_column(column, load, wants_null):
    if load is None:
        return column
    quick = QUICK_LOADS.get(load)
    if quick is not None:
        try:
            return _apply(column, quick, False)
        except ValueError:
            pass
    return _apply(column, load, wants_null)


def _apply(column, load, wants_null):
    if wants_null or None not in column:
        return list(map(load, column))
    return [value if value is None else load(value) for value in column]
