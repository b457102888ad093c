"""Composes statements from parts: names, values and pieces of SQL."""

import string

import moultg

from ._adapt import quote
from ._connection import connection as _connection
from ._cursor import cursor as _cursor
from ._identifiers import quote_identifier

_formatter = string.Formatter()


class Composable:
    """A part of a statement."""

    def __init__(self, wrapped):
        self._wrapped = wrapped

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._wrapped)

    def __add__(self, other):
        if isinstance(other, Composed):
            return Composed([self]) + other
        if isinstance(other, Composable):
            return Composed([self]) + Composed([other])
        return NotImplemented

    def __mul__(self, count):
        return Composed([self] * count)

    def __eq__(self, other):
        return type(self) is type(other) and self._wrapped == other._wrapped

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def as_string(self, context):
        """The SQL text; ``context`` is a connection or a cursor."""
        raise NotImplementedError


class Composed(Composable):
    """Parts one after the other."""

    def __init__(self, seq):
        parts = list(seq)
        for part in parts:
            if not isinstance(part, Composable):
                raise TypeError("Composed elements must be Composable, got %r instead" % (part,))
        super().__init__(parts)

    @property
    def seq(self):
        return list(self._wrapped)

    def __iter__(self):
        return iter(self._wrapped)

    def __add__(self, other):
        if isinstance(other, Composed):
            return Composed(self._wrapped + other._wrapped)
        if isinstance(other, Composable):
            return Composed(self._wrapped + [other])
        return NotImplemented

    def join(self, joiner):
        """The parts with ``joiner``, a text or :class:`SQL`, between them."""
        if isinstance(joiner, str):
            joiner = SQL(joiner)
        elif not isinstance(joiner, SQL):
            raise TypeError("Composed.join() argument must be a string or an SQL")
        return joiner.join(self)

    def as_string(self, context):
        return "".join([part.as_string(context) for part in self._wrapped])


class SQL(Composable):
    """A piece of SQL; never of anything that a user may have written."""

    def __init__(self, string):
        if not isinstance(string, str):
            raise TypeError("SQL values must be strings")
        super().__init__(string)

    @property
    def string(self):
        return self._wrapped

    def as_string(self, context):
        return self._wrapped

    def format(self, *args, **kwargs):
        """Puts parts in place of ``{}``, ``{0}`` and ``{name}``."""
        parts = []
        automatic = 0
        for literal, name, spec, conversion in _formatter.parse(self._wrapped):
            if spec:
                raise ValueError("no format specification supported by SQL")
            if conversion:
                raise ValueError("no format conversion supported by SQL")
            if literal:
                parts.append(SQL(literal))
            if name is None:
                continue
            if name.isdigit():
                if automatic:
                    raise ValueError(
                        "cannot switch from automatic field numbering to manual"
                    )
                parts.append(args[int(name)])
                automatic = None
            elif name:
                parts.append(kwargs[name])
            else:
                if automatic is None:
                    raise ValueError(
                        "cannot switch from manual field numbering to automatic"
                    )
                parts.append(args[automatic])
                automatic += 1
        return Composed(parts)

    def join(self, seq):
        """The parts of ``seq`` with this piece between them."""
        parts = []
        for part in seq:
            if parts:
                parts.append(self)
            parts.append(part)
        return Composed(parts)


class Identifier(Composable):
    """A name, or a name with its schema: ``Identifier("schema", "table")``."""

    def __init__(self, *strings):
        if not strings:
            raise TypeError("Identifier cannot be empty")
        for part in strings:
            if not isinstance(part, str):
                raise TypeError("SQL identifier parts must be strings")
        super().__init__(strings)

    @property
    def strings(self):
        return self._wrapped

    @property
    def string(self):
        if len(self._wrapped) != 1:
            raise AttributeError("the Identifier wraps more than one than one string")
        return self._wrapped[0]

    def __repr__(self):
        return "Identifier(%s)" % ", ".join(map(repr, self._wrapped))

    def as_string(self, context):
        _connection_of(context)
        return ".".join(map(quote_identifier, self._wrapped))


class Literal(Composable):
    """A value."""

    @property
    def wrapped(self):
        return self._wrapped

    def as_string(self, context):
        return quote(self._wrapped, _connection_of(context))


class Placeholder(Composable):
    """A parameter that ``execute`` fills: ``%s``, or ``%(name)s``."""

    def __init__(self, name=None):
        if isinstance(name, str):
            if ")" in name:
                raise ValueError("invalid name: %r" % name)
        elif name is not None:
            raise TypeError("expected string or None as name, got %r" % (name,))
        super().__init__(name)

    @property
    def name(self):
        return self._wrapped

    def __repr__(self):
        return "Placeholder(%s)" % ("" if self._wrapped is None else repr(self._wrapped))

    def as_string(self, context):
        return "%s" if self._wrapped is None else "%%(%s)s" % self._wrapped


# Composed for an argument of the host: what is in it knows no connection.
class _Host:
    pass


_HOST = _Host()

NULL = SQL("NULL")
DEFAULT = SQL("DEFAULT")


def _connection_of(context):
    if isinstance(context, _connection):
        return context
    if isinstance(context, _cursor):
        return context.connection
    if context is _HOST:
        return None
    raise TypeError("argument 2 must be a connection or a cursor")


moultg.register_encoder(Composable, "sql", lambda value: value.as_string(_HOST))
