"""Puts parameters into a statement: ``%s``, ``%(name)s`` and ``%%``, nothing else of Python's formats."""

import re
from functools import lru_cache

from ._adapt import quote
from ._exceptions import ProgrammingError

_CACHED_LENGTH = 4000
_PERCENT = re.compile(r"%(?:\(([^%)]*)(\))?)?([\s\S]?)")


def merge(text, parameters, connection):
    """The statement with the parameters as SQL text; errors are those of psycopg2."""
    parse = _parse_cached if len(text) <= _CACHED_LENGTH else _parse
    literals, names, mixed, error = parse(text)
    if not names:
        if error is not None:
            raise ValueError(error)
        return literals[0]
    if names[0] is None:
        values = _by_position(parameters, names)
    else:
        values = [parameters[name] for name in names if name is not None]
    if mixed:
        raise ProgrammingError("argument formats can't be mixed")
    pieces = [literals[0]]
    for value, literal in zip(values, literals[1:]):
        pieces.append(quote(value, connection))
        pieces.append(literal)
    if error is not None:
        raise ValueError(error)
    if names[0] is None and len(parameters) > len(names):
        raise TypeError("not all arguments converted during string formatting")
    return "".join(pieces)


def _by_position(parameters, names):
    if isinstance(parameters, dict):
        raise TypeError("dict is not a sequence")
    if type(parameters) in (tuple, list) and len(parameters) >= len(names):
        return parameters
    if not hasattr(parameters, "__getitem__"):
        kind = type(parameters).__name__
        raise TypeError("'%s' object does not support indexing" % kind)
    return [parameters[index] for index, name in enumerate(names) if name is None]


def _parse(text):
    """Literal texts, the names between them (None = by position), whether mixed, a wrong format."""
    literals, names, error = [], [], None
    literal, start = "", 0
    for match in _PERCENT.finditer(text):
        literal += text[start : match.start()]
        start = match.end()
        name, closed, letter = match.groups()
        if name is None and letter == "%":
            literal += "%"
            continue
        if name is not None and closed is None:
            raise ProgrammingError("incomplete placeholder: '%(' without ')'")
        if letter != "s" and error is None:
            error = _wrong_format(text, match.end() - len(letter), letter)
        names.append(name)
        literals.append(literal)
        literal = ""
    literals.append(literal + text[start:])
    mixed = any((name is None) != (names[0] is None) for name in names)
    return literals, names, mixed, error


_parse_cached = lru_cache(maxsize=256)(_parse)


def _wrong_format(text, index, letter):
    if not letter:
        return "incomplete format"
    # psycopg2 counts bytes.
    place = len(text[:index].encode("utf-8", "surrogatepass"))
    return "unsupported format character '%s' (0x%x) at index %d" % (letter, ord(letter), place)
