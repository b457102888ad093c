"""Namespaces: which prefix means which URI at a node, and keeping that true when nodes move."""

from ._names import XML_NAMESPACE
from ._node import ELEMENT, following

#: Prefixes that new declarations of well-known namespaces get.
default_prefixes = {
    XML_NAMESPACE: "xml",
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/1999/XSL/Transform": "xsl",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://schemas.xmlsoap.org/wsdl/": "wsdl",
    "http://www.w3.org/2001/XMLSchema": "xs",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://codespeak.net/lxml/objectify/pytype": "py",
}


def uri_of(node, prefix):
    """What a prefix (None: the default) means at a node; None when nothing declares it."""
    if prefix == "xml":
        return XML_NAMESPACE
    while node is not None and node._kind == ELEMENT:
        defs = node._nsdefs
        if defs is not None and prefix in defs:
            return defs[prefix]
        node = node._parent
    return None


def scope_of(node):
    """All declarations in force at a node, by prefix, the nearest first."""
    scope = {}
    while node is not None and node._kind == ELEMENT:
        if node._nsdefs is not None:
            for prefix, uri in node._nsdefs.items():
                scope.setdefault(prefix, uri)
        node = node._parent
    return scope


def scope_written(node):
    """The declarations that an element needs where it is written without what is above it."""
    scope = dict(node._nsdefs or {})
    if node._tag[0] == "{" and node._prefix != "xml":
        scope.setdefault(node._prefix, uri_in(node._tag))
    for name, prefix in (node._attr_prefixes or {}).items():
        if prefix is not None and prefix != "xml":
            scope.setdefault(prefix, uri_in(name))
    if node._parent is not None:
        for prefix, uri in scope_of(node._parent).items():
            scope.setdefault(prefix, uri)
    return scope


_NONE = object()


def find_prefix(start, uri, for_attribute=False):
    """``(prefix,)`` that means the URI at an element, or None. Attributes need one with a name."""
    if uri == XML_NAMESPACE:
        return ("xml",)
    default_node = None
    node = start
    while node is not None and node._kind == ELEMENT:
        if node._nsdefs is not None:
            for prefix, declared in node._nsdefs.items():
                if declared != uri:
                    continue
                if prefix is None and for_attribute:
                    default_node = default_node or node
                elif uri_of(start, prefix) == uri:
                    return (prefix,)
        node = node._parent
    if default_node is not None and uri_of(start, None) == uri:
        return (None,)
    return None


def prefix_for(node, uri, wanted=None, for_attribute=False):
    """The prefix of a URI at an element; declares one there if need be, ``wanted`` if it is free."""
    found = find_prefix(node, uri, for_attribute)
    if found is not None and not (for_attribute and found[0] is None):
        return found[0]
    doc = node._doc
    prefix = wanted
    if prefix is None:
        prefix = default_prefixes.get(uri) or doc.new_prefix()
    while uri_of(node, prefix) is not None:
        prefix = doc.new_prefix()
    declare(node, prefix, uri)
    return prefix


def declare(node, prefix, uri):
    """Declares a prefix at an element, unless it is declared there already."""
    if node._nsdefs is None:
        node._nsdefs = {}
    node._nsdefs.setdefault(prefix, uri)
    node._doc.namespaces = True


def local_of(tag):
    """The local part of ``{uri}local``."""
    return tag[tag.index("}") + 1 :] if tag[0] == "{" else tag


def uri_in(tag):
    """The URI of ``{uri}local``; None where there is none."""
    return tag[1 : tag.index("}")] if tag[0] == "{" else None


def fix_moved(top):
    """After a move: drops declarations that are known above, and declares at ``top`` what is missing."""
    if top._kind != ELEMENT:
        return
    known = {}
    node = top
    while node is not None:
        if node._kind == ELEMENT:
            if node._nsdefs:
                _drop_redundant(node, known)
            if node._tag[0] == "{":
                node._prefix = _moved_prefix(top, uri_in(node._tag), node._prefix, known, False)
            if node._attr_prefixes:
                for name, prefix in node._attr_prefixes.items():
                    node._attr_prefixes[name] = _moved_prefix(
                        top, uri_in(name), prefix, known, True
                    )
        node = following(node, top)


def _drop_redundant(node, known):
    for prefix, uri in list(node._nsdefs.items()):
        found = None
        if node._parent is not None and node._parent._kind == ELEMENT:
            found = find_prefix(node._parent, uri)
        if found is None:
            known[prefix, uri] = prefix
        else:
            known[prefix, uri] = found[0]
            del node._nsdefs[prefix]
    if not node._nsdefs:
        node._nsdefs = None


def _moved_prefix(top, uri, prefix, known, for_attribute):
    if uri == XML_NAMESPACE:
        return "xml"
    new = known.get((prefix, uri), _NONE)
    if new is not _NONE and not (for_attribute and prefix is not None and new is None):
        return new
    new = prefix_for(top, uri, prefix, for_attribute)
    if not for_attribute or new is not None:
        known.setdefault((prefix, uri), new)
    return new
