"""Functions of one's own for XPath, registered by namespace; EXSLT's regular expressions."""

import re
from functools import lru_cache, partial

from . import _class_lookup, _default_parser
from ._errors import NamespaceRegistryError
from ._names import plain_text
from ._xpath_values import content


class _NamespaceRegistry:
    """Entries by name for one namespace; can be used as a decorator."""

    def __init__(self, ns_uri):
        self._ns_uri = ns_uri
        self._entries = {}

    def _check(self, item):
        """Refuses what the registry does not take."""

    def __setitem__(self, name, item):
        self._check(item)
        self._entries[name if name is None else plain_text(name)] = item

    def __getitem__(self, name):
        try:
            return self._entries[name if name is None else plain_text(name)]
        except KeyError:
            raise KeyError("Name not registered.") from None

    def __delitem__(self, name):
        del self._entries[name if name is None else plain_text(name)]

    def __iter__(self):
        return iter(self._entries)

    def update(self, class_dict_iterable):
        """Takes over callables whose name does not begin with an underscore."""
        items = getattr(class_dict_iterable, "items", None)
        for name, item in items() if items is not None else class_dict_iterable:
            if (name is None or name[:1] != "_") and callable(item):
                self[name] = item

    def items(self):
        """Names and entries."""
        return list(self._entries.items())

    def iteritems(self):
        """Names and entries, one pair after the other."""
        return iter(self._entries.items())

    def clear(self):
        """Forgets all entries."""
        self._entries.clear()

    def __call__(self, obj):
        if obj is None or isinstance(obj, (str, bytes)):
            return partial(self._enter, obj)
        self[obj.__name__] = obj
        return obj

    def _enter(self, name, obj):
        self[name] = obj
        return obj


class _XPathFunctionNamespaceRegistry(_NamespaceRegistry):
    prefix = None

    def _check(self, item):
        if not callable(item):
            raise NamespaceRegistryError("Registered functions must be callable.")

    def __repr__(self):
        return "FunctionNamespace(%r)" % self._ns_uri


_registries = {}


def FunctionNamespace(ns_uri):
    """The registry of XPath functions of a namespace; None: of functions without a prefix."""
    uri = plain_text(ns_uri) if ns_uri else None
    return _registries.setdefault(uri, _XPathFunctionNamespaceRegistry(ns_uri))


def registered_function(uri, name):
    """The function of a name, or None."""
    registry = _registries.get(uri)
    return None if registry is None else registry._entries.get(name)


def Extension(module, function_mapping=None, *, ns=None):
    """The functions of a module or an object, for the argument ``extensions``."""
    if isinstance(function_mapping, dict):
        pairs = function_mapping.items()
    else:
        names = function_mapping or [name for name in dir(module) if not name.startswith("_")]
        pairs = [(name, name) for name in names]
    return {(ns, called): getattr(module, name) for name, called in pairs}


@lru_cache(maxsize=256)
def _pattern(text, flags):
    return re.compile(text, re.IGNORECASE if "i" in flags else 0)


def _string(value):
    if isinstance(value, list):
        if not value:
            return ""
        value = value[0]
        return value if isinstance(value, str) else content(value)
    return value if isinstance(value, str) else str(value)


def _test(_context, text, pattern, flags=""):
    return _pattern(_string(pattern), _string(flags)).search(_string(text)) is not None


def _match(_context, text, pattern, flags=""):
    flags, text = _string(flags), _string(text)
    compiled = _pattern(_string(pattern), flags)
    if "g" in flags:
        found = ["".join(each) if isinstance(each, tuple) else each for each in compiled.findall(text)]
    else:
        match = compiled.search(text)
        found = [] if match is None else [match.group(), *match.groups("")]
    if not found:
        return ()
    root = _class_lookup.make_element(_default_parser.get(), "matches", None, None, {})
    elements = []
    for each in found:
        element = _class_lookup.make_child(root, "match", None, None, {})
        element.text = each
        elements.append(element)
    return elements


def _replace(_context, text, pattern, flags, replacement):
    flags = _string(flags)
    count = 0 if "g" in flags else 1
    return _pattern(_string(pattern), flags).sub(_string(replacement), _string(text), count)


_EXSLT = "http://exslt.org/regular-expressions"
#: Functions that expressions have unless they are told otherwise.
REGULAR_EXPRESSIONS = {
    (_EXSLT, "test"): _test,
    (_EXSLT, "match"): _match,
    (_EXSLT, "replace"): _replace,
}
