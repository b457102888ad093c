"""Which records are read together with one."""

PREFETCH_MAX = 1000


class Prefetch:
    """The ids of records that came together; what is read of one is read of up to 1,000."""

    __slots__ = ("_source", "_positions")

    def __init__(self, source):
        #: A tuple of ids, or a function that answers them at that moment.
        self._source = source
        self._positions = None

    def ids(self):
        return self._source() if callable(self._source) else self._source

    def around(self, record_id, lacking):
        """
        At most 1,000 ids to read when `record_id` is wanted: itself and those that follow it, then
        those before. `lacking(id)` says whether an id is still to be read.
        """
        ids = self.ids()
        chosen = {record_id: None}
        start = self._position(ids, record_id)
        for sequence in (ids[start:], ids[:start]):
            for candidate in sequence:
                if len(chosen) >= PREFETCH_MAX:
                    return list(chosen)
                if candidate not in chosen and lacking(candidate):
                    chosen[candidate] = None
        return list(chosen)

    def _position(self, ids, record_id):
        if callable(self._source):
            return 0
        if self._positions is None:
            self._positions = {one: index for index, one in enumerate(ids)}
        return self._positions.get(record_id, 0)
