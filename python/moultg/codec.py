"""Values as they cross: JSON where JSON can say them, ``{"$": tag, "v": value}`` where it cannot."""

import base64
import datetime
import json
import re
from collections import OrderedDict, defaultdict, deque
from collections.abc import ItemsView, Iterator, KeysView, Mapping, Sequence, Set, ValuesView
from decimal import Decimal

from .errors import HostError

_SAFE_INTEGER = 2**53 - 1
_encoders = {}
_decoders = {}


class ResultSet:
    """What a statement gave: cells are PostgreSQL's text, to be cast by their column's type."""

    __slots__ = ("columns", "rows", "count", "tag")

    def __init__(self, columns, rows, count, tag):
        #: ``(name, oid)`` of each column; empty for a statement without rows.
        self.columns = columns
        #: Lists of ``str`` or ``None``.
        self.rows = rows
        #: Rows returned or changed; -1 where the command tag has no number.
        self.count = count
        #: The command tag, such as ``INSERT 0 2``.
        self.tag = tag


def register_encoder(cls, tag, to_json):
    """Sends instances of ``cls`` and its subclasses as ``{"$": tag, "v": to_json(value)}``."""
    _encoders[cls] = (tag, to_json)


def register_decoder(tag, from_json):
    """Has ``from_json(v)`` make the value of ``{"$": tag, "v": v}``."""
    _decoders[tag] = from_json


def encode(value):
    """The wire data of a value; ``TypeError`` for what has no meaning outside of this interpreter."""
    encoder = _EXACT.get(type(value))
    if encoder is not None:
        return encoder(value)
    for cls in type(value).__mro__:
        registered = _encoders.get(cls)
        if registered is not None:
            tag, to_json = registered
            return {"$": tag, "v": to_json(value)}
    for cls, encoder in _FAMILIES:
        if isinstance(value, cls):
            return encoder(value)
    raise TypeError("cannot send %r (%s) to the host" % (value, type(value).__name__))


def decode(text):
    """The Python value of an answer's JSON text."""
    # What `json.loads` does around this, for every answer anew, takes longer than a small answer itself.
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        end = -1
    if end != len(text):
        return json.loads(text, object_hook=_decode_object)
    return value


def write_json(value):
    """The JSON text of wire data, as :func:`encode` answers it."""
    if type(value) is str:
        return _write_text(value)
    return _write(value)


def _encode_text(value):
    # The plain method: Markup and its like answer something else to str().
    return value if type(value) is str else str.__str__(value)


def _encode_int(value):
    value = int.__int__(value)
    if -_SAFE_INTEGER <= value <= _SAFE_INTEGER:
        return value
    return {"$": "i", "v": str(value)}


def _encode_float(value):
    value = float.__float__(value)
    if value != value:
        return {"$": "f", "v": "nan"}
    if value in (float("inf"), float("-inf")):
        return {"$": "f", "v": "inf" if value > 0 else "-inf"}
    # JSON has one kind of number: 1.0 would come out as the integer 1.
    return {"$": "f", "v": repr(value)} if value.is_integer() else value


def _encode_list(value):
    return [encode(item) for item in value]


def _encode_tuple(value):
    return {"$": "t", "v": _encode_list(value)}


def _encode_set(value):
    return {"$": "s", "v": _encode_list(value)}


def _encode_mapping(value):
    if all(isinstance(key, str) and key != "$" for key in value):
        return {_encode_text(key): encode(item) for key, item in value.items()}
    return {"$": "d", "v": [[encode(key), encode(item)] for key, item in value.items()]}


def _encode_bytes(value):
    return {"$": "b", "v": base64.b64encode(bytes(value)).decode("ascii")}


def _encode_timedelta(value):
    return {"$": "td", "v": "%d days %d.%06d seconds" % (value.days, value.seconds, value.microseconds)}


_EXACT = {
    type(None): lambda value: None,
    bool: lambda value: value,
    str: lambda value: value,
    int: _encode_int,
    float: _encode_float,
    list: _encode_list,
    tuple: _encode_tuple,
    set: _encode_set,
    frozenset: _encode_set,
    dict: _encode_mapping,
    OrderedDict: _encode_mapping,
    defaultdict: _encode_mapping,
    bytes: _encode_bytes,
    bytearray: _encode_bytes,
    memoryview: _encode_bytes,
    Decimal: lambda value: {"$": "n", "v": str(value)},
    datetime.datetime: lambda value: {"$": "dt", "v": value.isoformat()},
    datetime.date: lambda value: {"$": "da", "v": value.isoformat()},
    datetime.time: lambda value: {"$": "tm", "v": value.isoformat()},
    datetime.timedelta: _encode_timedelta,
}

# Subclasses, and iterables of the standard library and of Odoo (OrderedSet), which go as lists.
_FAMILIES = (
    (str, _encode_text),
    (int, _encode_int),
    (float, _encode_float),
    (Decimal, _EXACT[Decimal]),
    (datetime.datetime, _EXACT[datetime.datetime]),
    (datetime.date, _EXACT[datetime.date]),
    (datetime.time, _EXACT[datetime.time]),
    (datetime.timedelta, _encode_timedelta),
    (bytes, _encode_bytes),
    (bytearray, _encode_bytes),
    (tuple, _encode_tuple),
    ((set, frozenset), _encode_set),
    (Mapping, _encode_mapping),
    ((list, KeysView, ValuesView, ItemsView, Set, Sequence, Iterator, deque), _encode_list),
)


def _decode_object(fields):
    if "$" not in fields:
        return fields
    tag = fields["$"]
    value = fields.get("v")
    decoder = _decoders.get(tag) or _STANDARD.get(tag)
    if decoder is None:
        raise HostError("The host sent a value of the unknown kind %r" % (tag,))
    return decoder(value)


_scan = json.JSONDecoder(object_hook=_decode_object).scan_once
_write = json.JSONEncoder(ensure_ascii=False).encode
_write_text = json.encoder.encode_basestring

_INTERVAL = re.compile(
    r"^\s*(?:(?P<days>[+-]?\d+) days?)?\s*"
    r"(?:(?P<seconds>[+-]?\d+(?:\.\d+)?) seconds?"
    r"|(?P<sign>[+-]?)(?P<h>\d+):(?P<m>\d+):(?P<s>\d+(?:\.\d+)?))?\s*$"
)


def _decode_timedelta(text):
    match = _INTERVAL.match(text)
    if match is None:
        raise ValueError("%r is no interval of days and seconds" % (text,))
    seconds = Decimal(match["seconds"] or 0)
    if match["h"] is not None:
        seconds = Decimal(match["s"]) + 60 * int(match["m"]) + 3600 * int(match["h"])
        seconds = -seconds if match["sign"] == "-" else seconds
    days = int(match["days"] or 0)
    return datetime.timedelta(days=days, microseconds=int(seconds * 1000000))


def _decode_moment(cls):
    def parse(text):
        # Python before 3.11 reads an offset with minutes and no Z.
        if text.endswith("Z"):
            text = text[:-1] + "+00:00"
        return cls.fromisoformat(text)

    return parse


_STANDARD = {
    "t": tuple,
    "s": set,
    "d": lambda pairs: {key: value for key, value in pairs},
    "i": int,
    "f": float,
    "n": Decimal,
    "dt": _decode_moment(datetime.datetime),
    "da": datetime.date.fromisoformat,
    "tm": _decode_moment(datetime.time),
    "td": _decode_timedelta,
    "b": base64.b64decode,
}
