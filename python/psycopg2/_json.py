"""JSON values: the adapter ``Json`` and the casters of json and jsonb columns."""

import json as _json_module

import moultg

from ._adapt import ISQLQuote
from ._adapters import _quote_str
from ._cast_arrays import new_array_type
from ._typecast import Typecaster, register_type

JSON_OID, JSONARRAY_OID = 114, 199
JSONB_OID, JSONBARRAY_OID = 3802, 3807


class Json:
    """Sends a value as JSON text; ``dumps`` replaces ``json.dumps``, as does overriding the method."""

    __module__ = "psycopg2._json"

    def __init__(self, adapted, dumps=None):
        self.adapted = adapted
        self._dumps = _json_module.dumps if dumps is None else dumps
        self._connection = None

    def __conform__(self, protocol):
        return self if protocol is ISQLQuote else None

    def dumps(self, obj):
        """The JSON text."""
        return self._dumps(obj)

    def prepare(self, conn):
        self._connection = conn

    def getquoted(self):
        text = self.dumps(self.adapted)
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        return _quote_str(text, None).encode("utf-8")

    def __str__(self):
        return self.getquoted().decode("utf-8")


def register_json(
    conn_or_curs=None, globally=False, loads=None, oid=None, array_oid=None, name="JSON"
):
    """Registers and returns casters of a JSON type and of its arrays; ``loads`` casts the text."""
    if oid is None:
        oid, array_oid = JSON_OID, JSONARRAY_OID
    single = _json_caster((oid,), name.upper(), loads)
    array = None
    if array_oid is not None:
        array = new_array_type((array_oid,), name.upper() + "ARRAY", single)
    scope = None if globally or conn_or_curs is None else _holder(conn_or_curs)
    for caster in (single, array):
        if caster is not None:
            register_type(caster, scope)
    return single, array


def register_default_json(conn_or_curs=None, globally=False, loads=None):
    """Registers casters of ``json``."""
    return register_json(conn_or_curs, globally, loads, JSON_OID, JSONARRAY_OID)


def register_default_jsonb(conn_or_curs=None, globally=False, loads=None):
    """Registers casters of ``jsonb``."""
    return register_json(conn_or_curs, globally, loads, JSONB_OID, JSONBARRAY_OID, "jsonb")


def _json_caster(values, name, loads):
    return Typecaster(values, name, _json_module.loads if loads is None else loads)


def _holder(conn_or_curs):
    """The connection or cursor, or what a wrapper such as Odoo's cursor hides."""
    if hasattr(conn_or_curs, "string_types"):
        return conn_or_curs
    raise TypeError("argument 2 must be a connection, cursor or None")


JSON, JSONARRAY = register_default_json()
JSONB, JSONBARRAY = register_default_jsonb()

moultg.register_encoder(Json, "js", lambda value: moultg.encode(value.adapted))
