"""Casts arrays from PostgreSQL's text to nested lists."""

import re

from ._exceptions import DataError
from ._typecast import Typecaster, register_type

_TOKEN = re.compile(r'([{},])|"((?:[^"\\]|\\.)*)"|([^{},"]+)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def new_array_type(values, name, baseobj):
    """A caster for arrays whose elements the caster ``baseobj`` casts."""

    def load(value, cursor):
        if value is None:
            return None
        element, wants_null = baseobj.loader(cursor)
        return _load_array(value, element, wants_null)

    if baseobj.load is not None or baseobj.loader(None)[0] is None:
        # The cursor makes no difference to the elements.
        return Typecaster(values, name, lambda text: _load_array(text, baseobj.load, False))
    return Typecaster(values, name, function=load, base=baseobj)


def standard_array(values, name, baseobj):
    """An array caster of this package, registered for its types."""
    caster = new_array_type(values, name, baseobj)
    register_type(caster)
    return caster


def _load_array(text, load, wants_null):
    if text[:1] == "[":
        # Bounds other than the usual ones: "[2:3]={…}".
        text = text[text.find("=") + 1 :]
    if text[:1] != "{" or text[-1:] != "}":
        raise DataError("array does not start with '{'")
    if '"' not in text and "{" not in text[1:]:
        return _load_plain(text[1:-1], load, wants_null)
    return _load_nested(text, load, wants_null)


def _load_plain(text, load, wants_null):
    if not text:
        return []
    return [_element(item, load, wants_null) for item in text.split(",")]


def _load_nested(text, load, wants_null):
    outer = []
    stack = [outer]
    for mark, quoted, plain in _TOKEN.findall(text):
        if mark == "{":
            inner = []
            stack[-1].append(inner)
            stack.append(inner)
        elif mark == "}":
            stack.pop()
        elif plain:
            stack[-1].append(_element(plain, load, wants_null))
        elif not mark:
            value = _ESCAPE.sub(r"\1", quoted) if "\\" in quoted else quoted
            stack[-1].append(value if load is None else load(value))
    return outer[0]


def _element(text, load, wants_null):
    if text == "NULL":
        return load(None) if wants_null else None
    return text if load is None else load(text)
