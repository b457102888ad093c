"""psycopg2 for a script's interpreter: its interface, over the session that the host owns.

Statements are composed here and sent as text; cells come back as PostgreSQL's text and are cast here by
their type. So scripts, and Odoo itself, run on it as on the original.
"""

from . import _raise, errors, extensions  # noqa: F401 (the first registers)
from ._adapters import Binary
from ._casters import BINARY, DATETIME, NUMBER, ROWID, STRING
from ._connection import connection as _connection
from ._date_adapters import (
    Date,
    DateFromTicks,
    Time,
    TimeFromTicks,
    Timestamp,
    TimestampFromTicks,
)
from ._dsn import make_dsn as _make_dsn
from ._exceptions import (
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    Warning,
)
from ._json import register_default_json  # noqa: F401 (registers the JSON types)

#: The version whose behaviour this package has.
__version__ = "2.9.5 (dt dec pq3 ext lo64)"
__libpq_version__ = 150000

apilevel = "2.0"
threadsafety = 2
paramstyle = "pyformat"

__all__ = [
    "BINARY",
    "Binary",
    "DATETIME",
    "DataError",
    "DatabaseError",
    "Date",
    "DateFromTicks",
    "Error",
    "IntegrityError",
    "InterfaceError",
    "InternalError",
    "NUMBER",
    "NotSupportedError",
    "OperationalError",
    "ProgrammingError",
    "ROWID",
    "STRING",
    "Time",
    "TimeFromTicks",
    "Timestamp",
    "TimestampFromTicks",
    "Warning",
    "connect",
]

_MODULES = ("errorcodes", "extras", "pool", "sql", "tz")


def __getattr__(name):
    # In a real Odoo somebody has always imported them already.
    if name in _MODULES:
        from importlib import import_module

        return import_module("." + name, __name__)
    raise AttributeError("module %r has no attribute %r" % (__name__, name))


def connect(dsn=None, connection_factory=None, cursor_factory=None, **kwargs):
    """A connection to the script's database; asking for another database is an OperationalError."""
    async_ = kwargs.pop("async", False) or kwargs.pop("async_", False)
    factory = _connection if connection_factory is None else connection_factory
    made = factory(_make_dsn(dsn, **kwargs), async_=1) if async_ else factory(_make_dsn(dsn, **kwargs))
    if cursor_factory is not None:
        made.cursor_factory = cursor_factory
    return made
