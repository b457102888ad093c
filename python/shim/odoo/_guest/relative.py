"""
Calendar differences: `dateutil`'s relativedelta where the interpreter has it, otherwise this one,
with the parts that domains, defaults and date helpers use.
"""

import calendar
import datetime

_ABSOLUTE = ("year", "month", "day", "hour", "minute", "second", "microsecond")
_RELATIVE = ("years", "months", "days", "hours", "minutes", "seconds", "microseconds")


class RelativeDelta:
    """
    A difference in calendar units. Plural names add, singular names replace; a day beyond the end
    of its month becomes the month's last. `weekday` is 0 (Monday) to 6: the next such day.
    """

    def __init__(self, weeks=0, leapdays=0, weekday=None, **parts):
        unknown = set(parts) - set(_ABSOLUTE) - set(_RELATIVE)
        if unknown or leapdays:
            raise TypeError("relativedelta() got an unexpected argument %r" % (sorted(unknown) or "leapdays"))
        self.weekday = weekday
        for name in _RELATIVE:
            setattr(self, name, parts.get(name, 0))
        for name in _ABSOLUTE:
            setattr(self, name, parts.get(name))
        self.days += weeks * 7

    def __radd__(self, value):
        return self.__add__(value)

    def __rsub__(self, value):
        return (-self).__add__(value)

    def __neg__(self):
        result = self._copy()
        for name in _RELATIVE:
            setattr(result, name, -getattr(self, name))
        return result

    def __mul__(self, factor):
        result = self._copy()
        for name in _RELATIVE:
            setattr(result, name, int(getattr(self, name) * factor))
        return result

    __rmul__ = __mul__

    def __sub__(self, other):
        return self + (-other)

    def __add__(self, value):
        if isinstance(value, RelativeDelta):
            return self._combine(value)
        if isinstance(value, datetime.timedelta):
            parts = {"days": value.days, "seconds": value.seconds, "microseconds": value.microseconds}
            return self._combine(RelativeDelta(**parts))
        if not isinstance(value, datetime.date):
            return NotImplemented
        return self._apply(value)

    def __eq__(self, other):
        return isinstance(other, RelativeDelta) and vars(self) == vars(other)

    def __hash__(self):
        return hash(tuple(sorted((k, v) for k, v in vars(self).items() if v)))

    def __bool__(self):
        return any(getattr(self, n) for n in _RELATIVE) or any(getattr(self, n) is not None for n in _ABSOLUTE)

    def __repr__(self):
        shown = [(n, getattr(self, n)) for n in _RELATIVE + _ABSOLUTE]
        return "relativedelta(%s)" % ", ".join("%s=%r" % (n, v) for n, v in shown if v)

    def _copy(self):
        result = RelativeDelta()
        vars(result).update(vars(self))
        return result

    def _combine(self, other):
        result = self._copy()
        for name in _RELATIVE:
            setattr(result, name, getattr(self, name) + getattr(other, name))
        for name in _ABSOLUTE + ("weekday",):
            if getattr(other, name) is not None:
                setattr(result, name, getattr(other, name))
        return result

    def _apply(self, value):
        year = self.year or value.year
        months = year * 12 + (self.month or value.month) - 1 + self.years * 12 + self.months
        year, month = months // 12, months % 12 + 1
        day = min(calendar.monthrange(year, month)[1], self.day or value.day)
        parts = {"year": year, "month": month, "day": day}
        clock = ("hour", "minute", "second", "microsecond")
        if any(getattr(self, n) is not None or getattr(self, n + "s") for n in clock):
            if not isinstance(value, datetime.datetime):
                value = datetime.datetime.combine(value, datetime.time())
        if isinstance(value, datetime.datetime):
            parts.update({n: getattr(self, n) for n in clock if getattr(self, n) is not None})
        moved = value.replace(**parts) + datetime.timedelta(
            days=self.days, hours=self.hours, minutes=self.minutes,
            seconds=self.seconds, microseconds=self.microseconds,
        )
        if self.weekday is not None:
            wanted = getattr(self.weekday, "weekday", self.weekday)
            moved += datetime.timedelta(days=(wanted - moved.weekday()) % 7)
        return moved


try:
    from dateutil.relativedelta import relativedelta
except ImportError:
    relativedelta = RelativeDelta
