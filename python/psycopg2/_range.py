"""Ranges: the Python classes of PostgreSQL's range types."""

from functools import total_ordering


@total_ordering
class Range:
    """A range from ``lower`` to ``upper``; a bound of None is no bound, ``bounds`` is such as ``[)``."""

    __module__ = "psycopg2._range"
    __slots__ = ("_lower", "_upper", "_bounds")

    def __init__(self, lower=None, upper=None, bounds="[)", empty=False):
        if not empty and bounds not in ("[)", "(]", "()", "[]"):
            raise ValueError("bound flags not valid: %r" % bounds)
        self._lower = None if empty else lower
        self._upper = None if empty else upper
        self._bounds = None if empty else bounds

    @property
    def lower(self):
        return self._lower

    @property
    def upper(self):
        return self._upper

    @property
    def isempty(self):
        return self._bounds is None

    @property
    def lower_inf(self):
        return self._bounds is not None and self._lower is None

    @property
    def upper_inf(self):
        return self._bounds is not None and self._upper is None

    @property
    def lower_inc(self):
        return self._lower is not None and self._bounds[0] == "["

    @property
    def upper_inc(self):
        return self._upper is not None and self._bounds[1] == "]"

    def __contains__(self, value):
        if self._bounds is None:
            return False
        if self._lower is not None and (
            value < self._lower or (value == self._lower and not self.lower_inc)
        ):
            return False
        if self._upper is None:
            return True
        return value < self._upper or (value == self._upper and self.upper_inc)

    def __bool__(self):
        return self._bounds is not None

    def __eq__(self, other):
        return isinstance(other, Range) and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __lt__(self, other):
        if not isinstance(other, Range):
            return NotImplemented
        for mine, theirs in zip(self._key(), other._key()):
            if mine == theirs:
                continue
            # Empty ranges and missing bounds come first.
            if mine is None or theirs is None:
                return mine is None
            return mine < theirs
        return False

    def __str__(self):
        if self._bounds is None:
            return "empty"
        lower, upper = self._lower, self._upper
        return "%s%s, %s%s" % (self._bounds[0], lower, upper, self._bounds[1])

    def __repr__(self):
        name = type(self).__name__
        if self._bounds is None:
            return "%s(empty=True)" % name
        return "%s(%r, %r, %r)" % (name, self._lower, self._upper, self._bounds)

    def __getstate__(self):
        return self._key()

    def __setstate__(self, state):
        self._lower, self._upper, self._bounds = state

    def _key(self):
        return self._lower, self._upper, self._bounds


class NumericRange(Range):
    """int4range, int8range, numrange."""

    __module__ = "psycopg2._range"
    __slots__ = ()


class DateRange(Range):
    """daterange."""

    __module__ = "psycopg2._range"
    __slots__ = ()


class DateTimeRange(Range):
    """tsrange."""

    __module__ = "psycopg2._range"
    __slots__ = ()


class DateTimeTZRange(Range):
    """tstzrange."""

    __module__ = "psycopg2._range"
    __slots__ = ()
