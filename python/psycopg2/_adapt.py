"""Python values as SQL text: the registry of adapters and the protocol that they follow."""

from ._exceptions import ProgrammingError

# Types whose text needs no adapter object: type to function of (value, connection).
_direct = {}

_HEAP_TYPE = 1 << 9
_IMMUTABLE_TYPE = 1 << 8


class ISQLQuote:
    """The protocol of adapters: ``getquoted()`` answers the value as SQL text, in bytes."""

    __module__ = "psycopg2.extensions"

    def __init__(self, wrapped=None):
        self._wrapped = wrapped

    def getquoted(self):
        return None

    def getbinary(self):
        return None

    def getbuffer(self):
        return None


class _Adapters(dict):
    """``{(type, protocol): adapter}``; a type that a script adapts itself loses its direct way."""

    def __setitem__(self, key, adapter):
        _direct.pop(key[0], None)
        dict.__setitem__(self, key, adapter)

    def __delitem__(self, key):
        _direct.pop(key[0], None)
        dict.__delitem__(self, key)

    def pop(self, key, *default):
        _direct.pop(key[0], None)
        return dict.pop(self, key, *default)

    def update(self, *others, **named):
        for key, adapter in dict(*others, **named).items():
            self[key] = adapter


adapters = _Adapters()


def register_adapter(cls, adapter, protocol=ISQLQuote):
    """Has ``adapter(value)`` make the adapter of values of ``cls``, for all connections."""
    adapters[(cls, protocol)] = adapter


def register_standard(cls, adapter, quote):
    """An adapter of this package, with a function that gives the same text without an object."""
    adapters[(cls, ISQLQuote)] = adapter
    _direct[cls] = quote


def adapt(value, protocol=ISQLQuote, alternative=None):
    """The adapter of a value, by its type, its type's bases, or its own ``__conform__``."""
    for cls in type(value).__mro__:
        adapter = adapters.get((cls, protocol))
        if adapter is not None:
            return adapter(value)
    for owner, name, argument in (
        (protocol, "__adapt__", value),
        (value, "__conform__", protocol),
    ):
        # A class has __conform__ for its instances, not for itself.
        method = None if isinstance(owner, type) and owner is value else getattr(owner, name, None)
        adapted = None if method is None else method(argument)
        if adapted is not None:
            return adapted
    if alternative is not None:
        return alternative
    raise ProgrammingError("can't adapt type '%s'" % _type_name(type(value)))


def quote(value, connection):
    """The SQL text of a value."""
    direct = _direct.get(type(value))
    if direct is not None:
        return direct(value, connection)
    return quoted_text(adapt(value), connection)


def quoted_text(adapter, connection):
    """What an adapter answers, as text."""
    prepare = getattr(adapter, "prepare", None)
    if prepare is not None and connection is not None:
        prepare(connection)
    quoted = adapter.getquoted()
    return quoted if isinstance(quoted, str) else bytes(quoted).decode("utf-8")


def _type_name(cls):
    """The name CPython keeps of a type: with its module for those that are written in C."""
    flags = cls.__flags__
    if cls.__module__ == "builtins" or (flags & _HEAP_TYPE and not flags & _IMMUTABLE_TYPE):
        return cls.__name__
    return "%s.%s" % (cls.__module__, cls.__name__)
