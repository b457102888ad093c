"""Adapters of dates, times and intervals, and PEP 249's constructors of them."""

import datetime as _datetime

from ._adapt import register_standard
from ._adapters import _Adapter


class DateTimeAdapter(_Adapter):
    """A date, time or moment as ISO text with its type."""

    __module__ = "psycopg2._psycopg"

    def _text(self):
        return _quote_moment(self.adapted)


class IntervalAdapter(_Adapter):
    __module__ = "psycopg2._psycopg"

    def _text(self):
        return _quote_interval(self.adapted, None)


def _quote_moment(value):
    if isinstance(value, _datetime.datetime):
        return _quote_datetime(value, None)
    if isinstance(value, _datetime.date):
        return _quote_date(value, None)
    return _quote_time(value, None)


def _quote_datetime(value, _connection):
    kind = "timestamp" if value.tzinfo is None else "timestamptz"
    return "'%s'::%s" % (value.isoformat(), kind)


def _quote_date(value, _connection):
    return "'%s'::date" % value.isoformat()


def _quote_time(value, _connection):
    return "'%s'::%s" % (value.isoformat(), "time" if value.tzinfo is None else "timetz")


def _quote_interval(value, _connection):
    parts = (value.days, value.seconds, value.microseconds)
    return "'%d days %d.%06d seconds'::interval" % parts


register_standard(_datetime.date, DateTimeAdapter, _quote_date)
register_standard(_datetime.time, DateTimeAdapter, _quote_time)
register_standard(_datetime.datetime, DateTimeAdapter, _quote_datetime)
register_standard(_datetime.timedelta, IntervalAdapter, _quote_interval)

DateFromPy = TimeFromPy = TimestampFromPy = DateTimeAdapter
IntervalFromPy = IntervalAdapter


def Date(year, month, day):  # noqa: N802 (PEP 249's name)
    """PEP 249: a date."""
    return DateTimeAdapter(_datetime.date(year, month, day))


def Time(hour, minute, second, tzinfo=None):  # noqa: N802
    """PEP 249: a time of day; seconds may have a fraction."""
    whole, micro = _split(second)
    return DateTimeAdapter(_datetime.time(hour, minute, whole, micro, tzinfo))


def Timestamp(year, month, day, hour=0, minute=0, second=0, tzinfo=None):  # noqa: N802
    """PEP 249: a moment; seconds may have a fraction."""
    whole, micro = _split(second)
    moment = _datetime.datetime(year, month, day, hour, minute, whole, micro, tzinfo)
    return DateTimeAdapter(moment)


def DateFromTicks(ticks):  # noqa: N802
    """PEP 249: the local date of seconds since 1970."""
    return DateTimeAdapter(_datetime.date.fromtimestamp(ticks))


def TimeFromTicks(ticks):  # noqa: N802
    """PEP 249: the local time of day of seconds since 1970."""
    return DateTimeAdapter(_datetime.datetime.fromtimestamp(ticks).time())


def TimestampFromTicks(ticks):  # noqa: N802
    """PEP 249: the local moment of seconds since 1970, with its offset from UTC."""
    return DateTimeAdapter(_datetime.datetime.fromtimestamp(ticks).astimezone())


def _split(seconds):
    whole = int(seconds)
    return whole, int(round((seconds - whole) * 1000000))
