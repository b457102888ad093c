"""`odoo.tools.SQL` (17.0 and later): a piece of SQL text together with its parameters."""

import re

_IDENTIFIER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_$\-]*$")


class SQL:
    """
    SQL text with `%s` placeholders and the values for them. A value that is itself an SQL object
    becomes part of the text. Named placeholders `%(name)s` take keyword arguments.
    """

    __slots__ = ("__code", "__params", "__to_flush")

    def __init__(self, code="", /, *args, to_flush=None, **kwargs):
        if isinstance(code, SQL):
            if args or kwargs or to_flush:
                raise TypeError("SQL() unexpected arguments when code has type SQL")
            self.__code, self.__params, self.__to_flush = code.__code, code.__params, code.__to_flush
            return
        if args and kwargs:
            raise TypeError("SQL() takes either positional arguments, or named arguments")
        if kwargs:
            code, args = _name_to_position(code, kwargs)
        elif not args:
            code % ()  # a stray placeholder fails here, where its author is
            self.__code, self.__params = code, ()
            self.__to_flush = () if to_flush is None else (to_flush,)
            return
        pieces, params, flush = [], [], []
        for arg in args:
            if isinstance(arg, SQL):
                pieces.append(arg.__code)
                params.extend(arg.__params)
                flush.extend(arg.__to_flush)
            else:
                pieces.append("%s")
                params.append(arg)
        if to_flush is not None:
            flush.append(to_flush)
        self.__code = code.replace("%%", "%%%%") % tuple(pieces)
        self.__params = tuple(params)
        self.__to_flush = tuple(flush)

    @property
    def code(self):
        """The text, with `%s` for each parameter."""
        return self.__code

    @property
    def params(self):
        """The parameters, in the order of the text."""
        return list(self.__params)

    @property
    def to_flush(self):
        """Fields that have to be written before the text runs."""
        return self.__to_flush

    def __repr__(self):
        return "SQL(%s)" % ", ".join(map(repr, (self.__code,) + tuple(self.__params)))

    def __bool__(self):
        return bool(self.__code)

    def __eq__(self, other):
        return isinstance(other, SQL) and self.__code == other.__code and self.__params == other.__params

    def __hash__(self):
        return hash((self.__code, self.__params))

    def __iter__(self):
        yield self.code
        yield self.params

    def join(self, args):
        """The pieces with this one between them."""
        items = list(args)
        if not items:
            return SQL()
        if len(items) == 1:
            return items[0] if isinstance(items[0], SQL) else SQL("%s", items[0])
        if not self.__params:
            return SQL(self.__code.join(["%s"] * len(items)), *items)
        spread = [self] * (len(items) * 2 - 1)
        spread[::2] = items
        return SQL("%s" * len(spread), *spread)

    @classmethod
    def identifier(cls, name, subname=None, to_flush=None):
        """A quoted name, or `"name"."subname"`."""
        for part in (name,) if subname is None else (name, subname):
            if not (part.isidentifier() or _IDENTIFIER.match(part)):
                raise ValueError("%r invalid for SQL.identifier()" % part)
        text = '"%s"' % name if subname is None else '"%s"."%s"' % (name, subname)
        return cls(text, to_flush=to_flush)


def _name_to_position(code, values):
    names = []

    class Collector(dict):
        def __missing__(self, key):
            names.append(key)
            return "%s"

    # Every %(name)s becomes %s while %% has to survive one formatting.
    positional = code.replace("%%", "%%%%") % Collector()
    return positional, tuple(values[name] for name in names)
