"""Iterating, grouping and ordering."""

import collections.abc
import itertools
import operator


def flatten(items):
    """All elements of nested iterables in one list; text is an element."""
    result = []
    for item in items:
        if isinstance(item, (bytes, str)) or not isinstance(item, collections.abc.Iterable):
            result.append(item)
        else:
            result.extend(flatten(item))
    return result


def reverse_enumerate(items):
    """`enumerate` from the end."""
    return zip(range(len(items) - 1, -1, -1), reversed(items))


def partition(pred, elems):
    """Two lists: the elements for which `pred` holds, and the others."""
    chosen, others = [], []
    for elem in elems:
        (chosen if pred(elem) else others).append(elem)
    return chosen, others


def topological_sort(elems):
    """The keys of `{element: dependencies}`, dependencies first."""
    result, seen = [], set()

    def visit(elem):
        if elem in seen:
            return
        seen.add(elem)
        if elem in elems:
            for dependency in elems[elem]:
                visit(dependency)
            result.append(elem)

    for elem in elems:
        visit(elem)
    return result


def merge_sequences(*iterables):
    """One list of all elements that keeps the order within every iterable."""
    before = {}
    for iterable in iterables:
        previous = None
        for index, item in enumerate(iterable):
            before.setdefault(item, [])
            if index:
                before[item].append(previous)
            previous = item
    return topological_sort(before)


def split_every(n, iterable, piece_maker=tuple):
    """Pieces of `n` elements; the last may be shorter."""
    iterator = iter(iterable)
    piece = piece_maker(itertools.islice(iterator, n))
    while piece:
        yield piece
        piece = piece_maker(itertools.islice(iterator, n))


def groupby(iterable, key=None):
    """Pairs of key and list, in the order in which keys first came; elements need not be sorted."""
    groups = {}
    for item in iterable:
        groups.setdefault(item if key is None else key(item), []).append(item)
    return groups.items()


def unique(it):
    """The elements without repetitions, in order."""
    return iter(dict.fromkeys(it))


def submap(mapping, keys):
    """The part of the mapping that has these keys."""
    wanted = frozenset(keys)
    return {key: value for key, value in mapping.items() if key in wanted}


def attrgetter(*items):
    """`operator.attrgetter`."""
    return operator.attrgetter(*items)


class Reverse:
    """Wraps a value so that it sorts the other way round."""

    __slots__ = ("val",)

    def __init__(self, val):
        self.val = val

    def __eq__(self, other):
        return self.val == other.val

    def __hash__(self):
        return hash(self.val)

    def __lt__(self, other):
        return self.val > other.val

    def __gt__(self, other):
        return self.val < other.val

    def __le__(self, other):
        return self.val >= other.val

    def __ge__(self, other):
        return self.val <= other.val


class ReversedIterable:
    """An iterable that runs backwards each time."""

    def __init__(self, reversible):
        self._reversible = reversible

    def __iter__(self):
        return reversed(self._reversible)


def is_list_of(values, type_):
    """Whether it is a list or tuple of that type only."""
    return isinstance(values, (list, tuple)) and all(isinstance(item, type_) for item in values)


def has_list_types(values, types):
    """Whether it is a list or tuple with one value of each type."""
    return (
        isinstance(values, (list, tuple))
        and len(values) == len(types)
        and all(itertools.starmap(isinstance, zip(values, types)))
    )
