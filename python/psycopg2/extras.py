"""What psycopg2 adds to PEP 249: other kinds of rows, batches, JSON, ranges."""

from ._batches import execute_batch, execute_values
from ._dict_cursors import (
    DictConnection,
    DictCursor,
    DictCursorBase,
    DictRow,
    NamedTupleConnection,
    NamedTupleCursor,
    RealDictConnection,
    RealDictCursor,
    RealDictRow,
)
from ._json import Json, register_default_json, register_default_jsonb, register_json
from ._logging_cursors import (
    LoggingConnection,
    LoggingCursor,
    MinTimeLoggingConnection,
    MinTimeLoggingCursor,
)
from ._other_types import Inet, UUID_adapter, register_inet, register_uuid
from ._range import DateRange, DateTimeRange, DateTimeTZRange, NumericRange, Range
from ._range_types import RangeAdapter
from .extensions import quote_ident

__all__ = [
    "DateRange",
    "DateTimeRange",
    "DateTimeTZRange",
    "DictConnection",
    "DictCursor",
    "DictCursorBase",
    "DictRow",
    "Inet",
    "Json",
    "LoggingConnection",
    "LoggingCursor",
    "MinTimeLoggingConnection",
    "MinTimeLoggingCursor",
    "NamedTupleConnection",
    "NamedTupleCursor",
    "NumericRange",
    "Range",
    "RangeAdapter",
    "RealDictConnection",
    "RealDictCursor",
    "RealDictRow",
    "UUID_adapter",
    "execute_batch",
    "execute_values",
    "quote_ident",
    "register_default_json",
    "register_default_jsonb",
    "register_inet",
    "register_json",
    "register_uuid",
    "wait_select",
]


def wait_select(conn):
    """Nothing to wait for: a statement has ended when ``execute`` returns."""
