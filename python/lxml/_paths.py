"""``find`` and its like: lxml's own ``_elementpath`` does them where it is installed, ours elsewhere."""

import importlib

from . import _element_path
from ._names import QName, lookup_name

_module = []
_SPECIAL = frozenset("/*.[]@{}:()' \"")


def _implementation():
    if not _module:
        try:
            _module.append(importlib.import_module("lxml._elementpath"))
        except ImportError:
            _module.append(_element_path)
    return _module[0]


def _text(path):
    return path.text if isinstance(path, QName) else lookup_name(path)


def find(element, path, namespaces=None):
    """The first element that a path selects, or None."""
    path = _text(path)
    if _is_plain(path, namespaces):
        child = element._first
        while child is not None and child._tag != path:
            child = child._next
        return child
    return _implementation().find(element, path, namespaces=namespaces)


def findtext(element, path, default=None, namespaces=None):
    """The text of the first element that a path selects; an empty text where it has none."""
    found = find(element, path, namespaces)
    return default if found is None else found.text or ""


def findall(element, path, namespaces=None):
    """The elements that a path selects."""
    path = _text(path)
    if _is_plain(path, namespaces):
        return list(element.iterchildren(path))
    return _implementation().findall(element, path, namespaces=namespaces)


def iterfind(element, path, namespaces=None):
    """The elements that a path selects, one after the other."""
    return _implementation().iterfind(element, _text(path), namespaces=namespaces)


def _is_plain(path, namespaces):
    # A default namespace applies to plain names.
    return bool(path) and not namespaces and _SPECIAL.isdisjoint(path)
