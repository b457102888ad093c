"""Walks over nodes.

Each looks up the successor before it hands a node out: callers move the node they were given.
"""

from ._matching import matcher
from ._node import DOCUMENT, ELEMENT, ENTITY, following


class ElementIterator:
    """An iterator of nodes; the base of those that lxml names."""

    def __init__(self, nodes):
        self._nodes = nodes

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._nodes)


class ElementDepthFirstIterator(ElementIterator):
    """An element and everything below it, in document order."""

    def __init__(self, node, tag=None, inclusive=True):
        tags = () if tag is None else (tag,)
        super().__init__(iter_subtree(node, tags, inclusive))


class ElementChildIterator(ElementIterator):
    """The children of an element."""

    def __init__(self, node, tag=None, reversed=False):
        super().__init__(iter_children(node, () if tag is None else (tag,), reversed))


class SiblingsIterator(ElementIterator):
    """The siblings behind an element, or those before it, the nearest first."""

    def __init__(self, node, tag=None, preceding=False):
        super().__init__(iter_siblings(node, () if tag is None else (tag,), preceding))


class AncestorsIterator(ElementIterator):
    """The elements above an element, the nearest first."""

    def __init__(self, node, tag=None):
        super().__init__(iter_ancestors(node, () if tag is None else (tag,)))


def iter_subtree(top, tags=(), inclusive=True):
    """The nodes of a subtree in document order."""
    matches = matcher(tags)
    node = top if inclusive else following(top, top)
    if matches is None:
        while node is not None:
            after = following(node, top)
            yield node
            node = after
        return
    while node is not None and not matches(node):
        node = following(node, top)
    while node is not None:
        after = following(node, top)
        while after is not None and not matches(after):
            after = following(after, top)
        yield node
        node = after


def iter_children(parent, tags=(), reversed=False):
    """The children of a node."""
    node = parent._last if reversed else parent._first
    return _line(node, "_prev" if reversed else "_next", tags)


def iter_siblings(node, tags=(), preceding=False):
    """The siblings on one side of a node, the nearest first."""
    step = "_prev" if preceding else "_next"
    return _line(getattr(node, step), step, tags)


def iter_ancestors(node, tags=()):
    """The elements above a node, the nearest first."""
    matches = matcher(tags)
    node = node._parent
    while node is not None and node._kind != DOCUMENT:
        above = node._parent
        if matches is None or matches(node):
            yield node
        node = above


def _line(node, step, tags):
    matches = matcher(tags)
    if matches is None:
        return _forwards(node) if step == "_next" else _backwards(node)
    return _matching_line(node, step, matches)


def _forwards(node):
    while node is not None:
        after = node._next
        yield node
        node = after


def _backwards(node):
    while node is not None:
        after = node._prev
        yield node
        node = after


def _matching_line(node, step, matches):
    while node is not None and not matches(node):
        node = getattr(node, step)
    while node is not None:
        after = getattr(node, step)
        while after is not None and not matches(after):
            after = getattr(after, step)
        yield node
        node = after


def iter_text(top, tags=(), with_tail=True):
    """The texts of a subtree in document order.

    What stands behind comments and instructions belongs to it whatever ``tags`` and ``with_tail`` say;
    what stands behind entity references does not: so it is in lxml.
    """
    matches = matcher(tags)
    node = top
    while True:
        if node._kind == ELEMENT and node._text is not None:
            if matches is None or matches(node):
                yield node._text
        if node._first is not None:
            node = node._first
            continue
        while True:
            if node is top:
                return
            if node._tail is not None and _has_tail_text(node, matches, with_tail):
                yield node._tail
            if node._next is not None:
                node = node._next
                break
            node = node._parent


def _has_tail_text(node, matches, with_tail):
    if node._kind == ELEMENT:
        return with_tail and (matches is None or matches(node))
    return node._kind != ENTITY
