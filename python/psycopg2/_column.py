"""What a cursor's description says of a column."""

from operator import itemgetter

# Bytes of a value of each type with a fixed length (pg_type.typlen).
_LENGTHS = {
    16: 1,
    18: 1,
    19: 64,
    20: 8,
    21: 2,
    23: 4,
    26: 4,
    700: 4,
    701: 8,
    790: 8,
    1082: 4,
    1083: 8,
    1114: 8,
    1184: 8,
    1186: 16,
    1266: 12,
    2205: 4,
    2950: 16,
}


class Column(tuple):
    """PEP 249's seven items of a column; only name, type and fixed length are known."""

    __module__ = "psycopg2.extensions"
    __slots__ = ()

    name = property(itemgetter(0))
    type_code = property(itemgetter(1))
    display_size = property(itemgetter(2))
    internal_size = property(itemgetter(3))
    precision = property(itemgetter(4))
    scale = property(itemgetter(5))
    null_ok = property(itemgetter(6))
    table_oid = None
    table_column = None

    def __repr__(self):
        return "Column(name=%r, type_code=%r)" % (self[0], self[1])


def describe(name, oid):
    """The column of a result, from what the host tells of it."""
    return Column((name, oid, None, _LENGTHS.get(oid), None, None, None))
