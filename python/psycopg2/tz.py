"""Time zones, as older versions of psycopg2 had them; results use ``datetime.timezone``."""

import datetime
import time

ZERO = datetime.timedelta(0)


class FixedOffsetTimezone(datetime.tzinfo):
    """A zone with a fixed offset from UTC, given as timedelta or in minutes."""

    def __init__(self, offset=None, name=None):
        if offset is not None and not isinstance(offset, datetime.timedelta):
            offset = datetime.timedelta(minutes=offset)
        self._offset = ZERO if offset is None else offset
        self._name = name

    def __repr__(self):
        return "psycopg2.tz.FixedOffsetTimezone(offset=%r, name=%r)" % (self._offset, self._name)

    def __eq__(self, other):
        return isinstance(other, FixedOffsetTimezone) and self._offset == other._offset

    def __hash__(self):
        return hash(self._offset)

    def __getinitargs__(self):
        return self._offset, self._name

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        minutes = int(self._offset.total_seconds() // 60)
        hours, rest = divmod(abs(minutes), 60)
        sign = "-" if minutes < 0 else "+"
        return "%s%02d:%02d" % (sign, hours, rest) if rest else "%s%02d" % (sign, hours)

    def dst(self, dt):
        return ZERO


class LocalTimezone(datetime.tzinfo):
    """The zone of the machine."""

    def utcoffset(self, dt):
        return _local(dt).utcoffset()

    def tzname(self, dt):
        return _local(dt).tzname()

    def dst(self, dt):
        moved = time.localtime(_local(dt).timestamp()).tm_isdst > 0
        return datetime.timedelta(seconds=time.timezone - time.altzone) if moved else ZERO


def _local(dt):
    return dt.replace(tzinfo=None).astimezone()


LOCAL = LocalTimezone()
