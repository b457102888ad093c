"""Cursors on the server's side, for results that do not fit into memory."""

import uuid


class named_cursor:  # noqa: N801
    """A context with a server-side cursor: iteration, `fetch*`, `dictfetch*` and `iterdict`."""

    def __init__(self, cr, itersize=None):
        self._cursor = cr._cnx.cursor("upg_nc_" + uuid.uuid4().hex, withhold=True)
        if itersize:
            self._cursor.itersize = itersize

    def __enter__(self):
        self._cursor.__enter__()
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return self._cursor.__exit__(exc_type, exc_value, traceback)

    def __iter__(self):
        return iter(self._cursor)

    def __getattr__(self, name):
        return getattr(self._cursor, name)

    def _dict(self, row):
        return {column.name: value for column, value in zip(self._cursor.description, row)}

    def iterdict(self):
        """The rows as dicts."""
        return map(self._dict, self._cursor)

    def dictfetchone(self):
        row = self._cursor.fetchone()
        return None if row is None else self._dict(row)

    def dictfetchmany(self, size):
        return [self._dict(row) for row in self._cursor.fetchmany(size)]

    def dictfetchall(self):
        return [self._dict(row) for row in self._cursor.fetchall()]
