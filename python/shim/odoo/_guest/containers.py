"""Containers that Odoo's code passes around."""

from collections.abc import Mapping, MutableSet


class frozendict(dict):  # noqa: N801
    """A dictionary that cannot change and can be a key."""

    def _refuse(self, *args, **kwargs):
        raise NotImplementedError("frozendict does not support changes")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self):
        return hash(frozenset((key, freehash(value)) for key, value in self.items()))

    def __reduce__(self):
        return frozendict, (dict(self),)


def freehash(value):
    """A hash for anything, by its content where Python has none."""
    try:
        return hash(value)
    except TypeError:
        if isinstance(value, Mapping):
            return hash(frozenset((key, freehash(item)) for key, item in value.items()))
        if hasattr(value, "__iter__"):
            return hash(frozenset(freehash(item) for item in value))
        return id(value)


class OrderedSet(MutableSet):
    """A set that remembers the order in which its elements came."""

    __slots__ = ("_items",)

    def __init__(self, elems=()):
        self._items = dict.fromkeys(elems)

    def __contains__(self, elem):
        return elem in self._items

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def add(self, elem):
        self._items[elem] = None

    def discard(self, elem):
        self._items.pop(elem, None)

    def update(self, elems):
        for elem in elems:
            self.add(elem)

    def difference_update(self, elems):
        for elem in elems:
            self.discard(elem)

    def intersection(self, *others):
        return type(self)(elem for elem in self if all(elem in other for other in others))

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, list(self))


class LastOrderedSet(OrderedSet):
    """A set that keeps each element at the place of its last addition."""

    def add(self, elem):
        OrderedSet.discard(self, elem)
        OrderedSet.add(self, elem)


class ConstantMapping(Mapping):
    """A mapping that has the same value for every key."""

    __slots__ = ("_value",)

    def __init__(self, val):
        self._value = val

    def __len__(self):
        raise NotImplementedError

    def __iter__(self):
        raise NotImplementedError

    def __getitem__(self, item):
        return self._value


class ReadonlyDict(Mapping):
    """A view of a dictionary that cannot change it."""

    __slots__ = ("_data",)

    def __init__(self, data):
        self._data = dict(data)

    def __getitem__(self, key):
        return self._data[key]

    def __len__(self):
        return len(self._data)

    def __iter__(self):
        return iter(self._data)


class DotDict(dict):
    """A dictionary whose keys are attributes as well."""

    def __getattr__(self, name):
        value = self.get(name)
        return DotDict(value) if type(value) is dict else value


class Collector(dict):
    """A mapping from keys to tuples; adding appends."""

    __slots__ = ()

    def __getitem__(self, key):
        return self.get(key, ())

    def __setitem__(self, key, val):
        val = tuple(val)
        if val:
            super().__setitem__(key, val)
        else:
            super().pop(key, None)

    def add(self, key, val):
        values = self[key]
        if val not in values:
            self[key] = values + (val,)

    def discard_keys_and_values(self, excludes):
        for key in excludes:
            self.pop(key, None)
        for key, values in list(self.items()):
            self[key] = [value for value in values if value not in excludes]


class Callbacks:
    """Functions to run once, in the order they were added; `data` is for those who add them."""

    __slots__ = ("_functions", "data")

    def __init__(self):
        self._functions = []
        self.data = {}

    def add(self, func):
        self._functions.append(func)

    def run(self):
        """Runs and removes the functions, also those added meanwhile."""
        while self._functions:
            self._functions.pop(0)()
        self.clear()

    def clear(self):
        self._functions.clear()
        self.data.clear()

    def __len__(self):
        return len(self._functions)
