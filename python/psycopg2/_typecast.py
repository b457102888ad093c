"""Type casters: what turns a column's text into a Python value, by the type's OID."""

from ._cast_dates import QUICK_LOADS

# What was found for the columns of a result; dropped when a caster is registered.
_known = {}
_KNOWN_LIMIT = 2000


class _Casters(dict):
    """Casters by OID; a change is one for results of a kind that was met before, too."""

    def __setitem__(self, oid, caster):
        _known.clear()
        dict.__setitem__(self, oid, caster)

    def __delitem__(self, oid):
        _known.clear()
        dict.__delitem__(self, oid)

    def pop(self, oid, *default):
        _known.clear()
        return dict.pop(self, oid, *default)

    def update(self, *others, **named):
        _known.clear()
        dict.update(self, *others, **named)


#: Casters for all cursors, by OID; connections and cursors have such a dict of their own.
string_types = _Casters()
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

    def is_shared(self):
        """Whether :meth:`loader` answers the same for every cursor."""
        return self._function is None and type(self) is Typecaster

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


def column_loaders(oids, cursor, default):
    """
    What casts the columns of these types for a cursor: a list of :meth:`Typecaster.loader`.

    ``default`` casts a type that has no caster.
    """
    if cursor.string_types or cursor.connection.string_types:
        return [_own_caster(oid, cursor, default).loader(cursor) for oid in oids]
    known = _known.get(oids)
    if known is None:
        casters = [find_caster(oid) or default for oid in oids]
        shared = [caster.loader(None) if caster.is_shared() else None for caster in casters]
        others = [(place, one) for place, one in enumerate(casters) if shared[place] is None]
        if len(_known) >= _KNOWN_LIMIT:
            _known.clear()
        known = _known[oids] = shared, others
    shared, others = known
    if not others:
        return shared
    loaders = shared[:]
    for place, caster in others:
        loaders[place] = caster.loader(cursor)
    return loaders


def _own_caster(oid, cursor, default):
    own = cursor.string_types.get(oid) or cursor.connection.string_types.get(oid)
    return own or find_caster(oid) or default


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
