"""psycopg2's additions to PEP 249 that concern types, states and connection strings."""

from ._adapt import ISQLQuote, adapt, adapters, register_adapter
from ._adapters import (
    SQL_IN,
    AsIs,
    Binary,
    Boolean,
    Float,
    Int,
    NoneAdapter,
    QuotedString,
)
from ._cast_arrays import new_array_type
from ._casters import *  # noqa: F403 (the casters by psycopg2's names)
from ._column import Column
from ._connection import connection
from ._connection_info import ConnectionInfo
from ._constants import *  # noqa: F403 (the constants by psycopg2's names)
from ._cursor import cursor
from ._date_adapters import DateFromPy, IntervalFromPy, TimeFromPy, TimestampFromPy
from ._dsn import make_dsn, parse_dsn
from ._encodings import encodings
from ._exceptions import Diagnostics, QueryCanceledError, TransactionRollbackError
from ._identifiers import quote_identifier
from ._json import JSON, JSONARRAY, JSONB, JSONBARRAY
from ._typecast import binary_types, new_type, register_type, string_types


def quote_ident(str, scope):  # noqa: A002 (psycopg2's name)
    """A name between double quotes; ``scope`` is a connection or a cursor."""
    if not isinstance(scope, (connection, cursor)):
        raise TypeError("argument 2 must be a connection or a cursor")
    return quote_identifier(str)


def libpq_version():
    """The version of libpq whose texts this package follows."""
    return 150000


def set_wait_callback(callback):
    """Only None: there are no asynchronous connections."""
    if callback is not None:
        from ._exceptions import NotSupportedError

        raise NotSupportedError("wait callbacks are not available here")


def get_wait_callback():
    return None
