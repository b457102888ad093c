"""The casters of the types that PostgreSQL has built in."""

import datetime as _datetime
import re
from decimal import Decimal

from ._cast_arrays import new_array_type, standard_array
from ._cast_dates import (
    load_date,
    load_datetime,
    load_datetime_tz,
    load_interval,
    load_time,
)
from ._typecast import Typecaster, register_type, standard_type

# bytea_output = escape: everything but ASCII, and the backslash, is escaped.
_ESCAPED = re.compile(rb"\\(\\|[0-7]{3})")
_BOOLEANS = {"t": True, "f": False}


def _load_bytes(text):
    if text.startswith("\\x"):
        return memoryview(bytes.fromhex(text[2:]))
    return memoryview(_ESCAPED.sub(_unescape, text.encode("latin-1")))


def _unescape(match):
    code = match.group(1)
    return code if code == b"\\" else bytes([int(code, 8)])


class _ZonedTypecaster(Typecaster):
    """Casts with the time zone class that the cursor asks for."""

    __slots__ = ("_zoned",)

    def __init__(self, values, name, zoned):
        super().__init__(values, name)
        self._zoned = zoned

    def __call__(self, value, cursor=None):
        load, _ = self.loader(cursor)
        return None if value is None else load(value)

    def loader(self, cursor):
        factory = getattr(cursor, "tzinfo_factory", _datetime.timezone)
        if factory is _datetime.timezone:
            return self._zoned, False
        zoned = self._zoned
        return (lambda value: zoned(value, factory)), False


def _zoned_type(values, name, zoned):
    caster = _ZonedTypecaster(values, name, zoned)
    register_type(caster)
    return caster


# Compared with, not cast by: the number types have casters of their own.
NUMBER = Typecaster((20, 23, 21, 701, 700, 1700), "NUMBER", float)
LONGINTEGER = standard_type((20,), "LONGINTEGER", int)
INTEGER = standard_type((23, 21), "INTEGER", int)
FLOAT = standard_type((701, 700), "FLOAT", float)
DECIMAL = standard_type((1700,), "DECIMAL", Decimal)
STRING = standard_type((19, 18, 25, 1042, 1043), "STRING", None)
UNICODE = Typecaster((19, 18, 25, 1042, 1043), "UNICODE")
BYTES = Typecaster((19, 18, 25, 1042, 1043), "BYTES", lambda text: text.encode("utf-8"))
BOOLEAN = standard_type((16,), "BOOLEAN", _BOOLEANS.__getitem__)
DATETIME = standard_type((1114,), "DATETIME", load_datetime)
DATETIMETZ = _zoned_type((1184,), "DATETIMETZ", load_datetime_tz)
TIME = _zoned_type((1083, 1266), "TIME", load_time)
DATE = standard_type((1082,), "DATE", load_date)
INTERVAL = standard_type((704, 1186), "INTERVAL", load_interval)
BINARY = standard_type((17,), "BINARY", _load_bytes)
ROWID = standard_type((26,), "ROWID", int)
UNKNOWN = standard_type((705,), "UNKNOWN", None)

LONGINTEGERARRAY = standard_array((1016,), "LONGINTEGERARRAY", LONGINTEGER)
INTEGERARRAY = standard_array((1005, 1006, 1007), "INTEGERARRAY", INTEGER)
FLOATARRAY = standard_array((1021, 1022), "FLOATARRAY", FLOAT)
DECIMALARRAY = standard_array((1231,), "DECIMALARRAY", DECIMAL)
STRINGARRAY = standard_array((1002, 1003, 1009, 1014, 1015), "STRINGARRAY", STRING)
UNICODEARRAY = new_array_type((1002, 1003, 1009, 1014, 1015), "UNICODEARRAY", UNICODE)
BOOLEANARRAY = standard_array((1000,), "BOOLEANARRAY", BOOLEAN)
DATETIMEARRAY = standard_array((1115,), "DATETIMEARRAY", DATETIME)
DATETIMETZARRAY = standard_array((1185,), "DATETIMETZARRAY", DATETIMETZ)
TIMEARRAY = standard_array((1183, 1270), "TIMEARRAY", TIME)
DATEARRAY = standard_array((1182,), "DATEARRAY", DATE)
INTERVALARRAY = standard_array((1187,), "INTERVALARRAY", INTERVAL)
BINARYARRAY = standard_array((1001,), "BINARYARRAY", BINARY)
ROWIDARRAY = standard_array((1028, 1013), "ROWIDARRAY", ROWID)
INETARRAY = standard_array((1041,), "INETARRAY", STRING)
CIDRARRAY = standard_array((651,), "CIDRARRAY", STRING)
MACADDRARRAY = standard_array((1040,), "MACADDRARRAY", STRING)
BYTESARRAY = new_array_type((1002, 1003, 1009, 1014, 1015), "BYTESARRAY", BYTES)

# The names under which psycopg2 has the casters to Python's own date types.
PYDATE, PYDATETIME, PYDATETIMETZ, PYTIME, PYINTERVAL = DATE, DATETIME, DATETIMETZ, TIME, INTERVAL
PYDATEARRAY, PYDATETIMEARRAY, PYDATETIMETZARRAY = DATEARRAY, DATETIMEARRAY, DATETIMETZARRAY
PYTIMEARRAY, PYINTERVALARRAY = TIMEARRAY, INTERVALARRAY

__all__ = [name for name, value in globals().items() if isinstance(value, Typecaster)]
