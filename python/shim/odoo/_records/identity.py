"""What a recordset is: an ordered tuple of ids of one model in an environment."""

from odoo._records.prefetch import Prefetch

_set = object.__setattr__


class Identity:
    """Ids, truth, length, iteration, membership and set operations."""

    __slots__ = ("env", "_ids", "_prefetch")

    _name = None

    @classmethod
    def _make(cls, env, ids, prefetch):
        """A recordset of these ids; `prefetch` says what is read together with them."""
        records = object.__new__(cls)
        _set(records, "env", env)
        _set(records, "_ids", ids)
        _set(records, "_prefetch", prefetch)
        return records

    def browse(self, ids=()):
        """The records with these ids; nothing is read yet."""
        if not ids and ids != 0:
            ids = ()
        elif isinstance(ids, int):
            ids = (ids,)
        else:
            ids = tuple(ids)
        return self._make(self.env, ids, None)

    @property
    def ids(self):
        return list(self._ids)

    @property
    def id(self):
        """The id of the one record, False when there is none; ValueError for several."""
        if len(self._ids) == 1:
            return self._ids[0]
        if not self._ids:
            return False
        raise ValueError("Expected singleton: %s" % self)

    @property
    def _prefetch_ids(self):
        return self._prefetching().ids()

    def _prefetching(self):
        prefetch = self._prefetch
        if prefetch is None:
            prefetch = Prefetch(self._ids)
            _set(self, "_prefetch", prefetch)
        return prefetch

    def ensure_one(self):
        """The recordset itself; ValueError unless it has exactly one record."""
        if len(self._ids) != 1:
            raise ValueError("Expected singleton: %s" % self)
        return self

    def __bool__(self):
        return bool(self._ids)

    def __len__(self):
        return len(self._ids)

    def __iter__(self):
        ids = self._ids
        if len(ids) == 1:
            yield self
            return
        prefetch = self._prefetching()
        make, env = self._make, self.env
        for record_id in ids:
            yield make(env, (record_id,), prefetch)

    def __reversed__(self):
        prefetch = self._prefetching()
        for record_id in reversed(self._ids):
            yield self._make(self.env, (record_id,), prefetch)

    def __contains__(self, item):
        if isinstance(item, Identity):
            if item._name != self._name:
                raise TypeError("inconsistent models in: %s in %s" % (item, self))
            return len(item._ids) == 1 and item._ids[0] in self._ids
        if isinstance(item, str):
            return item in self._fields
        raise TypeError("unsupported operand types in: %r in %s" % (item, self))

    def __getitem__(self, key):
        if isinstance(key, str):
            return self._value_of(key)
        if isinstance(key, slice):
            return self._make(self.env, self._ids[key], self._prefetching())
        return self._make(self.env, (self._ids[key],), self._prefetching())

    def _same_model(self, other, operator):
        if not isinstance(other, Identity):
            raise TypeError("unsupported operand types in: %s %s %r" % (self, operator, other))
        if other._name != self._name:
            raise TypeError("inconsistent models in: %s %s %s" % (self, operator, other))
        return other

    def __add__(self, other):
        return self.concat(other)

    def concat(self, *others):
        """The records of all, one after another, repetitions included."""
        ids = list(self._ids)
        for other in others:
            ids.extend(self._same_model(other, "+")._ids)
        return self._make(self.env, tuple(ids), None)

    def __or__(self, other):
        return self.union(other)

    def union(self, *others):
        """The records of all, each once, in the order in which they first come."""
        ids = dict.fromkeys(self._ids)
        for other in others:
            ids.update(dict.fromkeys(self._same_model(other, "|")._ids))
        return self._make(self.env, tuple(ids), None)

    def __and__(self, other):
        kept = set(self._same_model(other, "&")._ids)
        ids = dict.fromkeys(record_id for record_id in self._ids if record_id in kept)
        return self._make(self.env, tuple(ids), None)

    def __sub__(self, other):
        dropped = set(self._same_model(other, "-")._ids)
        ids = tuple(record_id for record_id in self._ids if record_id not in dropped)
        return self._make(self.env, ids, None)

    def __eq__(self, other):
        if not isinstance(other, Identity):
            return NotImplemented
        return self._name == other._name and set(self._ids) == set(other._ids)

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return set(self._ids) < set(self._same_model(other, "<")._ids)

    def __le__(self, other):
        return not self or set(self._ids) <= set(self._same_model(other, "<=")._ids)

    def __gt__(self, other):
        return set(self._ids) > set(self._same_model(other, ">")._ids)

    def __ge__(self, other):
        return not other or set(self._ids) >= set(self._same_model(other, ">=")._ids)

    def __hash__(self):
        return hash((self._name, frozenset(self._ids)))

    def __int__(self):
        return self.id or 0

    def __repr__(self):
        return "%s%r" % (self._name, self._ids)

    @property
    def _origin(self):
        return self
