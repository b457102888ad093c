"""Sends ranges as SQL text and casts columns of range types."""

import re

from ._adapt import ISQLQuote, adapters, quote
from ._cast_arrays import standard_array
from ._casters import DATE, DATETIME, DATETIMETZ, DECIMAL, INTEGER
from ._exceptions import InterfaceError
from ._range import DateRange, DateTimeRange, DateTimeTZRange, NumericRange, Range
from ._typecast import Typecaster, register_type

_TEXT = re.compile(
    r'\s*([\[(])\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*,\s*(?:"((?:[^"]|"")*)"|([^"\])]*))\s*([\])])\s*$'
)


class RangeAdapter:
    """A range as a call of its type's constructor; ``name`` is the type's."""

    name = None

    def __init__(self, adapted):
        self.adapted = adapted
        self._connection = None

    def __conform__(self, protocol):
        return self if protocol is ISQLQuote else None

    def prepare(self, conn):
        self._connection = conn

    def getquoted(self):
        if self.name is None:
            raise NotImplementedError("RangeAdapter must be subclassed, with a name")
        value = self.adapted
        if value.isempty:
            return ("'empty'::%s" % self.name).encode("utf-8")
        lower, upper = (quote(bound, self._connection) for bound in (value.lower, value.upper))
        parts = (self.name, lower, upper, value._bounds)
        return ("%s(%s, %s, '%s')" % parts).encode("utf-8")


class NumberRangeAdapter(RangeAdapter):
    """Ranges of numbers, whose type the server finds by the context."""

    def getquoted(self):
        value = self.adapted
        if value.isempty:
            return b"'empty'"
        lower, upper = (
            "" if bound is None else quote(bound, self._connection)
            for bound in (value.lower, value.upper)
        )
        text = "'%s%s,%s%s'" % (value._bounds[0], lower, upper, value._bounds[1])
        return text.encode("utf-8")


class _DateRangeAdapter(RangeAdapter):
    name = "daterange"


class _DateTimeRangeAdapter(RangeAdapter):
    name = "tsrange"


class _DateTimeTZRangeAdapter(RangeAdapter):
    name = "tstzrange"


class _RangeTypecaster(Typecaster):
    """Casts both bounds with another caster."""

    __slots__ = ("_range",)

    def __init__(self, values, name, base, range_class):
        super().__init__(values, name, base=base)
        self._range = range_class

    def __call__(self, value, cursor=None):
        return None if value is None else self.loader(cursor)[0](value)

    def loader(self, cursor):
        bound, _ = self._base.loader(cursor)
        make = self._range
        return (lambda text: _load_range(text, bound, make)), False


def _load_range(text, load, make):
    if text == "empty":
        return make(empty=True)
    match = _TEXT.match(text)
    if match is None:
        raise InterfaceError("failed to parse range: '%s'" % text)
    opening, lower_quoted, lower, upper_quoted, upper, closing = match.groups()
    bounds = opening + closing
    return make(_bound(lower_quoted, lower, load), _bound(upper_quoted, upper, load), bounds)


def _bound(quoted, plain, load):
    if quoted is not None:
        text = quoted.replace('""', '"')
    elif plain:
        text = plain
    else:
        return None
    return text if load is None else load(text)


def _register(oid, array_oid, name, base, range_class):
    caster = _RangeTypecaster((oid,), name, base, range_class)
    register_type(caster)
    standard_array((array_oid,), name + "ARRAY", caster)


adapters[(NumericRange, ISQLQuote)] = NumberRangeAdapter
adapters[(DateRange, ISQLQuote)] = _DateRangeAdapter
adapters[(DateTimeRange, ISQLQuote)] = _DateTimeRangeAdapter
adapters[(DateTimeTZRange, ISQLQuote)] = _DateTimeTZRangeAdapter
adapters[(Range, ISQLQuote)] = RangeAdapter

_register(3904, 3905, "int4range", INTEGER, NumericRange)
_register(3926, 3927, "int8range", INTEGER, NumericRange)
_register(3906, 3907, "numrange", DECIMAL, NumericRange)
_register(3912, 3913, "daterange", DATE, DateRange)
_register(3908, 3909, "tsrange", DATETIME, DateTimeRange)
_register(3910, 3911, "tstzrange", DATETIMETZ, DateTimeTZRange)
