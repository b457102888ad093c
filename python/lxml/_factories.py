"""Functions that make elements and trees."""

import re

from . import _class_lookup, _default_parser, _element_tree
from ._matching import kinds_by_factory
from ._namespaces import default_prefixes
from ._names import plain_text
from ._node import DOCUMENT, ELEMENT, Node

_reserved = re.compile(r"ns\d+\Z").match


def Element(_tag, attrib=None, nsmap=None, **_extra):
    """A new element, the root of a new document."""
    return _class_lookup.make_element(_default_parser.get(), _tag, attrib, nsmap, _extra)


def SubElement(_parent, _tag, attrib=None, nsmap=None, **_extra):
    """A new element as the last child of another."""
    return _class_lookup.make_child(_parent, _tag, attrib, nsmap, _extra)


def ElementTree(element=None, *, file=None, parser=None):
    """A tree around an element, or of a file."""
    if element is not None:
        return _element_tree.tree_of_element(element)
    if file is not None:
        return _element_tree.parse(file, parser)
    return _element_tree._ElementTree()


def iselement(element):
    """Whether something is a node of a tree."""
    return isinstance(element, Node) and element._kind != DOCUMENT


def register_namespace(prefix, uri):
    """Names the prefix that new declarations of a namespace get."""
    prefix, uri = plain_text(prefix), plain_text(uri)
    if _reserved(prefix):
        raise ValueError("Prefix format reserved for internal use")
    for known, other in list(default_prefixes.items()):
        if known == uri or other == prefix:
            del default_prefixes[known]
    default_prefixes[uri] = prefix


kinds_by_factory[Element] = ELEMENT
