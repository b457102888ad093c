"""Casts dates, times and intervals from PostgreSQL's ISO texts."""

import datetime as _datetime
import re

from ._exceptions import DataError

_MOMENT = re.compile(
    r"(\d+)-(\d\d)-(\d\d)"
    r"(?:[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?"
    r"(?:([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?)?"
    r"( BC)?$"
)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?$"
)
_INTERVAL_PART = re.compile(r"([+-]?\d+) (year|mon|day)s?")
_INTERVAL_TIME = re.compile(r"([+-]?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?$")
# PostgreSQL's own conversion when it must count days.
_DAYS = {"year": 365, "mon": 30, "day": 1}
_UTC = _datetime.timezone.utc

_date_from_iso = _datetime.date.fromisoformat
_datetime_from_iso = _datetime.datetime.fromisoformat

#: Python's own functions, for columns without infinity, BC and, before 3.11, odd fractions: those make
#: them raise ValueError.
QUICK_LOADS = {}


def load_date(text):
    """``date``; infinity is the first or last day that Python knows."""
    if len(text) == 10:
        return _date_from_iso(text)
    if text == "infinity":
        return _datetime.date.max
    if text == "-infinity":
        return _datetime.date.min
    year, month, day = _match(_MOMENT, text, "date").group(1, 2, 3)
    return _datetime.date(_year(year, text), int(month), int(day))


def load_datetime(text):
    """``datetime`` without time zone."""
    if len(text) == 19 or len(text) == 26:
        try:
            return _datetime_from_iso(text)
        except ValueError:
            pass
    if text == "infinity":
        return _datetime.datetime.max
    if text == "-infinity":
        return _datetime.datetime.min
    return _moment(text, None)


def load_datetime_tz(text, factory=_datetime.timezone):
    """``datetime`` with the offset that the server sent, made by the cursor's ``tzinfo_factory``."""
    if text == "infinity":
        return _datetime.datetime.max.replace(tzinfo=_infinite_zone(factory))
    if text == "-infinity":
        return _datetime.datetime.min.replace(tzinfo=_infinite_zone(factory))
    if factory is _datetime.timezone and text.endswith("+00"):
        return load_datetime(text[:-3]).replace(tzinfo=_UTC)
    return _moment(text, factory)


def load_time(text, factory=_datetime.timezone):
    """``time``, with an offset for timetz; 24:00 is midnight."""
    parts = _match(_TIME, text, "time").groups()
    zone = _zone(parts[4:8], factory)
    hour = int(parts[0]) % 24
    return _datetime.time(hour, int(parts[1]), int(parts[2]), _micro(parts[3]), zone)


def load_interval(text):
    """``timedelta``; a month counts as 30 days, a year as 365."""
    days = 0
    for count, unit in _INTERVAL_PART.findall(text):
        days += int(count) * _DAYS[unit]
    match = _INTERVAL_TIME.search(text)
    if match is None:
        return _datetime.timedelta(days)
    sign, hours, minutes, seconds, fraction = match.groups()
    time = _datetime.timedelta(
        hours=int(hours), minutes=int(minutes), seconds=int(seconds), microseconds=_micro(fraction)
    )
    return _datetime.timedelta(days) + (-time if sign == "-" else time)


def _moment(text, factory):
    parts = _match(_MOMENT, text, "datetime").groups()
    year = _year(parts[0], text)
    rest = [int(part or 0) for part in parts[1:6]]
    return _datetime.datetime(year, *rest, _micro(parts[6]), _zone(parts[7:11], factory))


def _year(digits, text):
    year = -int(digits) if text.endswith(" BC") else int(digits)
    if not 1 <= year <= 9999:
        raise ValueError("year %d is out of range" % year)
    return year


def _micro(fraction):
    return int(fraction.ljust(6, "0")) if fraction else 0


def _zone(parts, factory):
    sign, hours, minutes, seconds = parts
    if sign is None or factory is None:
        return None
    offset = _datetime.timedelta(
        hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0)
    )
    return factory(-offset if sign == "-" else offset)


def _infinite_zone(factory):
    return None if factory is None else factory(_datetime.timedelta(0))


def _match(pattern, text, kind):
    match = pattern.match(text)
    if match is None:
        raise DataError("unable to parse %s" % kind)
    return match


QUICK_LOADS[load_date] = _date_from_iso
QUICK_LOADS[load_datetime] = QUICK_LOADS[load_datetime_tz] = _datetime_from_iso
