"""An element as a list of its children: indexes and slices."""

from . import _moves


def count(parent):
    """How many children there are."""
    number, node = 0, parent._first
    while node is not None:
        number += 1
        node = node._next
    return number


def child_at(parent, index):
    """The child at an index, counted from the end where negative; None when there is none."""
    if index >= 0:
        node = parent._first
        while node is not None and index > 0:
            node, index = node._next, index - 1
        return node
    node = parent._last
    while node is not None and index < -1:
        node, index = node._prev, index + 1
    return node


def children(parent):
    """The children as a list."""
    found, node = [], parent._first
    while node is not None:
        found.append(node)
        node = node._next
    return found


def get(parent, index):
    """``element[index]``."""
    if isinstance(index, slice):
        return children(parent)[index]
    node = child_at(parent, index.__index__())
    if node is None:
        raise IndexError("list index out of range")
    return node


def assign(parent, index, value):
    """``element[index] = value``."""
    if value is None:
        raise ValueError("cannot assign None")
    if isinstance(index, slice):
        _assign_slice(parent, index, list(value))
        return
    old = get(parent, index)
    old._tail = None
    _moves.replace(old, value)


def _assign_slice(parent, index, values):
    for value in values:
        if value is None:
            raise TypeError("Node must not be None")
    existing = children(parent)
    start, stop, step = index.indices(len(existing))
    chosen = existing[index]
    if step != 1:
        if len(values) != len(chosen):
            raise ValueError(
                "attempt to assign sequence of size %d to extended slice of size %d"
                % (len(values), len(chosen))
            )
        for old, new in zip(chosen, values):
            _moves.replace(old, new)
        return
    behind = existing[max(start, stop)] if max(start, stop) < len(existing) else None
    for node in chosen:
        _moves.detach(node)
    while behind is not None and any(behind is value for value in values):
        behind = behind._next
    for value in values:
        if behind is None:
            _moves.append(parent, value)
        else:
            _moves.add_before(behind, value)


def delete(parent, index):
    """``del element[index]``."""
    if isinstance(index, slice):
        for node in children(parent)[index]:
            _moves.detach(node)
        return
    node = child_at(parent, index.__index__())
    if node is None:
        raise IndexError("index out of range: %d" % index)
    _moves.detach(node)


def position(parent, child, start, stop):
    """The index of a child between two indexes; ValueError when it is not there."""
    if child._parent is not parent:
        raise ValueError("Element is not a child of this node.")
    nodes = children(parent)
    found = next(index for index, node in enumerate(nodes) if node is child)
    low, high, _step = slice(start, stop).indices(len(nodes))
    if not low <= found < high:
        raise ValueError("list.index(x): x not in slice")
    return found


def insert(parent, index, child):
    """Moves a node before the child at an index; to the end when there is none."""
    place = child_at(parent, index)
    if place is None:
        _moves.append(parent, child)
    else:
        _moves.add_before(place, child)
