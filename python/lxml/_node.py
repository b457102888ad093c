"""Nodes and how they hang together: a doubly linked tree, text kept on the elements."""

ELEMENT = 1
ENTITY = 5
INSTRUCTION = 7
COMMENT = 8
DOCUMENT = 9


class Node:
    """An element, a comment, an instruction, an entity reference, or the document above them.

    ``_text`` is the text before the first child (or a comment's content), ``_tail`` the text behind the
    node. Class attributes are the defaults, so that making a node sets only what differs.
    """

    _kind = 0
    _doc = None
    _parent = None
    _first = None
    _last = None
    _next = None
    _prev = None
    _text = None
    _tail = None


def unlink(node):
    """Takes a node, with its tail, out of its place."""
    parent, before, after = node._parent, node._prev, node._next
    if before is not None:
        before._next = after
    elif parent is not None:
        parent._first = after
    if after is not None:
        after._prev = before
    elif parent is not None:
        parent._last = before
    node._parent = node._prev = node._next = None


def link_last(parent, node):
    """Puts an unlinked node behind the parent's children."""
    last = parent._last
    node._parent = parent
    if last is None:
        parent._first = node
    else:
        last._next = node
        node._prev = last
    parent._last = node


def link_before(place, node):
    """Puts an unlinked node before another."""
    parent, before = place._parent, place._prev
    node._parent, node._prev, node._next = parent, before, place
    place._prev = node
    if before is not None:
        before._next = node
    elif parent is not None:
        parent._first = node


def link_after(place, node):
    """Puts an unlinked node behind another."""
    parent, after = place._parent, place._next
    node._parent, node._prev, node._next = parent, place, after
    place._next = node
    if after is not None:
        after._prev = node
    elif parent is not None:
        parent._last = node


def is_inside(node, top):
    """Whether ``top`` is the node or one of those above it."""
    while node is not None:
        if node is top:
            return True
        node = node._parent
    return False


def following(node, top):
    """The next node in document order below ``top``; None at the end."""
    if node._first is not None:
        return node._first
    # A caller may have taken the node out of the tree: then there is nothing behind it.
    while node is not None and node is not top:
        if node._next is not None:
            return node._next
        node = node._parent
    return None


def walk(top):
    """``top`` and all nodes below it, in document order; the tree must not change meanwhile."""
    node = top
    while node is not None:
        yield node
        node = following(node, top)
