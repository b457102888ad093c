"""COPY, as methods of a cursor."""

from ._copy import DEFAULT_SIZE, copy_direction, copy_in, copy_out, table_statement


class CopyMethods:
    """Base of ``cursor``, whose statements and state it uses."""

    def copy_from(self, file, table, sep="\t", null="\\N", size=DEFAULT_SIZE, columns=None):
        """Loads a table from a file of tab-separated lines."""
        self._check_open()
        self._check_unnamed("copy_from")
        text = table_statement("from", table, sep, null, columns)
        self._copy("from", text, file, size)

    def copy_to(self, file, table, sep="\t", null="\\N", columns=None):
        """Writes a table to a file as tab-separated lines."""
        self._check_open()
        self._check_unnamed("copy_to")
        text = table_statement("to", table, sep, null, columns)
        self._copy("to", text, file, DEFAULT_SIZE)

    def copy_expert(self, sql, file, size=DEFAULT_SIZE):
        """Runs a COPY statement that reads from or writes to the file."""
        self._check_open()
        self._check_unnamed("copy_expert")
        text = self._text(sql)
        direction = copy_direction(text)
        if not hasattr(file, "write" if direction == "to" else "read"):
            raise TypeError(
                "file must be a readable file-like object for COPY FROM;"
                " a writable file-like object for COPY TO."
            )
        if direction is None:
            self._run(text)
        else:
            self._copy(direction, text, file, size)

    def _copy(self, direction, text, file, size):
        self._start(text)
        run = self.connection._run
        if direction == "to":
            self.rowcount = run(lambda id: copy_out(text, file, id), self)
        else:
            self.rowcount = run(lambda id: copy_in(text, file, size, id), self)
