"""Functions that tidy trees: indentation, superfluous declarations, tags to be taken out."""

from . import _moves
from ._matching import matcher
from ._namespaces import uri_in
from ._names import lookup_name
from ._node import DOCUMENT, ELEMENT, link_before, unlink, walk
from ._text import joined


def _top(tree_or_element):
    if hasattr(tree_or_element, "getroot"):
        root = tree_or_element.getroot()
        if root is None:
            raise ValueError("Input object has no document: %s" % type(tree_or_element).__name__)
        return root
    if getattr(tree_or_element, "_kind", None) != ELEMENT:
        name = type(tree_or_element).__name__
        raise ValueError("Input object is not an XML element: %s" % name)
    return tree_or_element


def indent(tree, space="  ", *, level=0):
    """Puts each element on a line of its own, deeper ones further in."""
    root = _top(tree)
    if level < 0:
        raise ValueError("Initial indentation level must be >= 0, got %d" % level)
    if root._first is not None:
        _indent(root, space, level)


def _indent(top, space, level):
    pending = [(top, level)]
    while pending:
        node, depth = pending.pop()
        if not node._text or not node._text.strip():
            node._text = "\n" + space * (depth + 1)
        child = node._first
        while child is not None:
            if child._first is not None:
                pending.append((child, depth + 1))
            inner = depth + 1 if child._next is not None else depth
            if not child._tail or not child._tail.strip():
                child._tail = "\n" + space * inner
            child = child._next


def cleanup_namespaces(tree_or_element, top_nsmap=None, keep_ns_prefixes=None):
    """Takes away declarations that nothing uses."""
    top = _top(tree_or_element)
    if top_nsmap:
        _declare_at_top(top, top_nsmap)
    keep = set(keep_ns_prefixes or ())
    used = {}
    for node in walk(top):
        if node._kind != ELEMENT:
            continue
        if node._tag[0] == "{":
            _mark(node, node._prefix, used)
        for prefix in (node._attr_prefixes or {}).values():
            _mark(node, prefix, used)
    for node in walk(top):
        if node._kind == ELEMENT and node._nsdefs:
            for prefix in list(node._nsdefs):
                if prefix not in keep and prefix not in used.get(node, ()):
                    del node._nsdefs[prefix]
            node._nsdefs = node._nsdefs or None


def _mark(node, prefix, used):
    while node is not None and node._kind != DOCUMENT:
        if node._nsdefs and prefix in node._nsdefs:
            used.setdefault(node, set()).add(prefix)
            return
        node = node._parent


def _declare_at_top(top, nsmap):
    defs = dict(top._nsdefs or {})
    for prefix, uri in nsmap.items():
        defs.setdefault(prefix, uri)
    top._nsdefs = defs
    top._doc.namespaces = True
    by_uri = {uri: prefix for prefix, uri in defs.items()}
    for node in walk(top):
        if node._kind != ELEMENT:
            continue
        uri = uri_in(node._tag)
        if uri in by_uri:
            node._prefix = by_uri[uri]
        for name in node._attr_prefixes or {}:
            prefix = by_uri.get(uri_in(name))
            if prefix is not None:
                node._attr_prefixes[name] = prefix


def strip_attributes(tree_or_element, *attribute_names):
    """Takes attributes away from all elements; names may be ``*`` or ``{uri}*``."""
    wanted = [lookup_name(name) for name in attribute_names]
    for node in walk(_top(tree_or_element)):
        if node._kind != ELEMENT or not node._attrs:
            continue
        for name in [name for name in node._attrs if any(_fits(name, each) for each in wanted)]:
            del node._attrs[name]
            if node._attr_prefixes is not None:
                node._attr_prefixes.pop(name, None)


def _fits(name, pattern):
    if not pattern.endswith("*"):
        return name == pattern
    if pattern == "{*}*":
        return True
    return name.startswith(pattern[:-1]) if pattern != "*" else name[0] != "{"


def strip_elements(tree_or_element, *tag_names, with_tail=True):
    """Takes elements away with all that is in them."""
    top = _top(tree_or_element)
    matches = matcher(tag_names)
    for node in [node for node in walk(top) if node is not top and matches(node)]:
        if node._parent is None:
            continue
        if not with_tail:
            _hand_back(node, node._tail)
            node._tail = None
        _moves.detach(node)


def strip_tags(tree_or_element, *tag_names):
    """Takes elements away, but leaves what is in them."""
    top = _top(tree_or_element)
    matches = matcher(tag_names)
    for node in [node for node in walk(top) if node is not top and matches(node)]:
        _dissolve(node)


def _dissolve(node):
    if node._kind != ELEMENT:
        _hand_back(node, node._tail)
        node._tail = None
        _moves.detach(node)
        return
    _hand_back(node, node._text)
    last = node._last
    if last is None:
        _hand_back(node, node._tail)
    else:
        last._tail = joined(last._tail, node._tail)
    node._text = node._tail = None
    for child in list(node):
        unlink(child)
        link_before(node, child)
        _moves.adopt(child, node._doc)
    _moves.detach(node)


def _hand_back(node, text):
    """Adds a text to what stands before a node."""
    if text is None:
        return
    if node._prev is not None:
        node._prev._tail = joined(node._prev._tail, text)
    elif node._parent is not None and node._parent._kind == ELEMENT:
        node._parent._text = joined(node._parent._text, text)
