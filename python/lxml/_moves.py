"""Changes of the tree: every node that comes in gets the document and the namespaces of its place."""

from ._namespaces import fix_moved
from ._node import (
    COMMENT,
    DOCUMENT,
    INSTRUCTION,
    is_inside,
    link_after,
    link_before,
    link_last,
    unlink,
    walk,
)
from ._text import joined


def adopt(node, doc):
    """Makes a node, newly linked, and all below it part of a document."""
    old = node._doc
    if old is not doc:
        for each in walk(node):
            each._doc = doc
        if old.namespaces:
            doc.namespaces = True
    if doc.namespaces:
        fix_moved(node)


def append(parent, child):
    """Moves a node to the end of an element's children."""
    if is_inside(parent, child):
        raise ValueError("cannot append parent to itself")
    unlink(child)
    link_last(parent, child)
    adopt(child, parent._doc)


def prepend(parent, child):
    """Moves a node before an element's children."""
    if parent._first is None:
        append(parent, child)
    else:
        add_before(parent._first, child)


def add_before(place, node):
    """Moves a node before another."""
    if not _check_sibling(place, node):
        return
    unlink(node)
    link_before(place, node)
    adopt(node, place._doc)


def add_after(place, node):
    """Moves a node directly behind another: the text that was there follows the moved node."""
    if not _check_sibling(place, node):
        return
    unlink(node)
    if place._tail is not None:
        node._tail = joined(node._tail, place._tail)
        place._tail = None
    link_after(place, node)
    adopt(node, place._doc)


def _check_sibling(place, node):
    if place is node:
        return False
    if is_inside(place, node):
        raise ValueError("cannot add ancestor as sibling, please break cycle first")
    if place._parent is not None and place._parent._kind == DOCUMENT:
        if node._kind not in (COMMENT, INSTRUCTION):
            raise TypeError(
                "Only processing instructions and comments can be siblings of the root element"
            )
        node._tail = None
    return True


def detach(node):
    """Takes a node with its tail out of the tree; it stays in its document."""
    parent = node._parent
    unlink(node)
    if parent is not None and node._doc.namespaces:
        fix_moved(node)


def replace(old, new):
    """Puts a node in the place of another; each keeps its tail."""
    if is_inside(old, new) and old is not new:
        raise ValueError("cannot add ancestor as sibling, please break cycle first")
    if old is new:
        return
    unlink(new)
    link_before(old, new)
    unlink(old)
    adopt(new, new._parent._doc if new._parent is not None else old._doc)
    if old._doc.namespaces:
        fix_moved(old)
