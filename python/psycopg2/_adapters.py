"""Adapters of numbers, texts, bytes and sequences."""

from decimal import Decimal as _Decimal

import moultg

from ._adapt import ISQLQuote, quote, register_standard


class _Adapter:
    """Wraps a value and answers its SQL text."""

    __module__ = "psycopg2.extensions"

    def __init__(self, adapted):
        self.adapted = adapted
        self._connection = None

    def prepare(self, connection):
        self._connection = connection

    def getquoted(self):
        return self._text().encode("utf-8")

    def __conform__(self, protocol):
        return self if protocol is ISQLQuote else None

    def __str__(self):
        return self._text()

    def _text(self):
        raise NotImplementedError


class AsIs(_Adapter):
    """Text that goes into the statement as it is."""

    __module__ = "psycopg2.extensions"

    def _text(self):
        return "NULL" if self.adapted is None else str(self.adapted)


class NoneAdapter(_Adapter):
    __module__ = "psycopg2.extensions"

    def _text(self):
        return "NULL"


class Boolean(_Adapter):
    __module__ = "psycopg2.extensions"

    def _text(self):
        return "true" if self.adapted else "false"


class Int(_Adapter):
    __module__ = "psycopg2.extensions"

    def _text(self):
        return _quote_int(self.adapted, None)


class Float(_Adapter):
    __module__ = "psycopg2.extensions"

    def _text(self):
        return _quote_float(float(self.adapted), None)


class Decimal(_Adapter):
    __module__ = "psycopg2._psycopg"

    def _text(self):
        return _quote_decimal(self.adapted, None)


class QuotedString(_Adapter):
    """A text between quotes."""

    __module__ = "psycopg2.extensions"
    encoding = "utf_8"

    @property
    def buffer(self):
        return self.getquoted()

    def _text(self):
        text = self.adapted
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        if not isinstance(text, str):
            raise TypeError("can't quote non-string object")
        return _quote_str(str.__str__(text), None)


class Binary(_Adapter):
    """Bytes as a bytea literal."""

    __module__ = "psycopg2.extensions"

    @property
    def buffer(self):
        return self.getquoted()

    def _text(self):
        return "NULL" if self.adapted is None else _quote_bytes(self.adapted, None)


class List(_Adapter):
    __module__ = "psycopg2._psycopg"

    def _text(self):
        return _quote_list(self.adapted, self._connection)


class SQL_IN(_Adapter):  # noqa: N801 (psycopg2's name)
    """A tuple as the right side of IN."""

    __module__ = "psycopg2.extensions"

    def __init__(self, adapted):
        super().__init__(adapted)
        self._seq = adapted

    def _text(self):
        return _quote_tuple(self.adapted, self._connection)


# A blank before a minus: two of them in a row would begin a comment.
def _quote_int(value, _connection):
    text = int.__repr__(int(value))
    return " " + text if text[0] == "-" else text


def _quote_float(value, _connection):
    if value != value:
        return "'NaN'::float"
    if value in (float("inf"), float("-inf")):
        return "'Infinity'::float" if value > 0 else "'-Infinity'::float"
    text = float.__repr__(value)
    return " " + text if text[0] == "-" else text


def _quote_decimal(value, _connection):
    if not value.is_finite():
        return "'NaN'::numeric"
    text = str(value)
    return " " + text if text[0] == "-" else text


def _quote_str(value, _connection):
    if "\0" in value:
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")
    if not value.isascii():
        # A lone surrogate fails here, where it can be told which value it is in.
        value.encode("utf-8")
    return "'" + value.replace("'", "''") + "'" if "'" in value else "'" + value + "'"


def _quote_bytes(value, _connection):
    return "'\\x" + bytes(value).hex() + "'::bytea"


def _quote_tuple(value, connection):
    return "(" + ", ".join([quote(item, connection) for item in value]) + ")"


def _quote_list(value, connection):
    """An ARRAY; a literal where nothing but NULLs would tell the server the type of the elements."""
    if not value:
        return "'{}'"
    literal = _null_literal(value)
    if literal is not None:
        return "'" + literal + "'"
    return "ARRAY[" + ",".join([_quote_element(item, connection) for item in value]) + "]"


def _quote_element(item, connection):
    if isinstance(item, list) and not item:
        return "ARRAY[]"
    return quote(item, connection)


def _null_literal(value):
    """``{NULL,{NULL}}`` when the list and the lists in it hold nothing else."""
    parts = []
    for item in value:
        if item is None:
            parts.append("NULL")
            continue
        inner = _null_literal(item) if isinstance(item, list) and item else None
        if inner is None:
            return None
        parts.append(inner)
    return "{" + ",".join(parts) + "}"


register_standard(type(None), NoneAdapter, lambda value, connection: "NULL")
register_standard(bool, Boolean, lambda value, connection: "true" if value else "false")
register_standard(int, Int, _quote_int)
register_standard(float, Float, _quote_float)
register_standard(_Decimal, Decimal, _quote_decimal)
register_standard(str, QuotedString, _quote_str)
register_standard(bytes, Binary, _quote_bytes)
register_standard(bytearray, Binary, _quote_bytes)
register_standard(memoryview, Binary, _quote_bytes)
register_standard(tuple, SQL_IN, _quote_tuple)
register_standard(list, List, _quote_list)

moultg.register_encoder(AsIs, "as", lambda value: value._text())
