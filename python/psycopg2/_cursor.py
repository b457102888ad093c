"""A cursor: sends statements and hands out the rows."""

from datetime import timezone as _timezone

from ._adapt import quote
from ._copy import copy_direction
from ._casters import UNICODE
from ._column import describe
from ._copy_methods import CopyMethods
from ._exceptions import InterfaceError, NotSupportedError, ProgrammingError
from ._format import merge
from ._identifiers import quote_identifier
from ._server_cursor import ServerCursor
from ._typecast import column_loaders, find_caster, row_maker

#: Rows that iteration casts at a time.
_BLOCK = 100
# Longer texts are data: looking for a COPY in them costs more than the server's own refusal.
_CHECKED_LENGTH = 10000


class cursor(CopyMethods):  # noqa: N801 (psycopg2's name)
    """``execute`` puts the parameters into the text here, as psycopg2 does, and sends it."""

    __module__ = "psycopg2.extensions"

    #: ``row_factory(cursor)`` makes the object whose items the values of a row become.
    row_factory = None
    lastrowid = 0
    binary_types = None
    pgresult_ptr = None

    def __init__(self, conn, name=None, scrollable=None, withhold=False):
        self.connection = conn
        self.name = name
        self.scrollable = scrollable
        self.withhold = withhold
        self.arraysize = 1
        self.itersize = 2000
        self.tzinfo_factory = _timezone
        self.string_types = {}
        self.statusmessage = None
        self.rowcount = -1
        self.rownumber = 0
        self._server = None if name is None else ServerCursor(self)
        self._query = None
        self._columns = None
        self._description = None
        self._rows = None
        self._offset = 0
        self._make = None
        self._closed = False

    def __repr__(self):
        return "<cursor object at 0x%x; closed: %d>" % (id(self), self.closed)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.close()

    # Statements.

    def execute(self, query, vars=None):  # noqa: A002 (psycopg2's name)
        """Runs a statement, or several in one text, of which the last one's outcome counts."""
        self._check_open()
        text = self._text(query)
        if self._server is not None:
            self._server.check_unused()
        if vars is not None:
            self._query = None
            text = merge(text, vars, self.connection)
        if self._server is not None:
            self._server.declare(text)
            return
        self._run(text)

    def executemany(self, query, vars_list):
        """Runs a statement once for each set of parameters; ``rowcount`` is the sum."""
        self._check_open()
        self._check_unnamed("executemany")
        text = self._text(query)
        total = 0
        for parameters in vars_list:
            self._run(text if parameters is None else merge(text, parameters, self.connection))
            if total >= 0:
                total = -1 if self.rowcount < 0 else total + self.rowcount
        self._forget_rows()
        self.rowcount = total

    def callproc(self, procname, parameters=None):
        """Selects from a function; the parameters are positional, or named when they are a dict."""
        self._check_open()
        self._check_unnamed("callproc")
        if isinstance(parameters, dict):
            names = [quote_identifier(name) for name in parameters]
            values = [self.quoted(value) for value in parameters.values()]
            arguments = ["%s:=%s" % pair for pair in zip(names, values)]
        else:
            arguments = [self.quoted(value) for value in parameters or ()]
        self._run("SELECT * FROM %s(%s)" % (procname, ",".join(arguments)))
        return None if isinstance(parameters, dict) else parameters

    def mogrify(self, query, vars=None):  # noqa: A002
        """The statement as it would be sent, in bytes."""
        self._check_open()
        text = self._text(query)
        if vars is not None:
            text = merge(text, vars, self.connection)
        return text.encode("utf-8")

    def quoted(self, value):
        """The SQL text of one value."""
        return quote(value, self.connection)

    # Rows.

    def fetchone(self):
        """The next row, None when there is no more."""
        self._check_rows()
        rows = self._next_rows(1)
        return rows[0] if rows else None

    def fetchmany(self, size=None):
        """The next ``size`` rows (``arraysize`` unless told)."""
        self._check_rows()
        return self._next_rows(self.arraysize if size is None else size)

    def fetchall(self):
        """All rows that are left."""
        self._check_rows()
        return self._next_rows(None)

    def __iter__(self):
        return self._iterate()

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def scroll(self, value, mode="relative"):
        """Moves to another row of the result."""
        self._check_open()
        if mode not in ("relative", "absolute"):
            raise ProgrammingError("scroll mode must be 'relative' or 'absolute'")
        if self._server is not None:
            self._server.move(value, mode)
            return
        target = self._offset + value if mode == "relative" else value
        if not 0 <= target < self.rowcount:
            raise ProgrammingError("scroll destination out of bounds")
        self._offset = self.rownumber = target

    def close(self):
        """Closes; a cursor of the server is closed there, too."""
        if self._closed:
            return
        if self._server is not None:
            self._server.close()
        self._closed = True
        self._forget_rows()

    def nextset(self):
        raise NotSupportedError("not supported by PostgreSQL")

    def setinputsizes(self, sizes):
        """PEP 249 allows to do nothing."""

    def setoutputsize(self, size, column=None):
        """PEP 249 allows to do nothing."""

    # What the last statement was and gave.

    @property
    def closed(self):
        return self._closed or bool(self.connection.closed)

    @property
    def query(self):
        """The last statement as it was sent, in bytes."""
        return None if self._query is None else self._query.encode("utf-8")

    @property
    def description(self):
        """The columns of the result; None for a statement without one."""
        if self._description is None and self._columns is not None:
            self._description = tuple([describe(name, oid) for name, oid in self._columns])
        return self._description

    @property
    def typecaster(self):
        return None

    def cast(self, oid, text):
        """Casts a text as a column of that type would be."""
        return self._caster(oid)(text, self)

    # For server-side and other kinds of cursors.

    def _run(self, text):
        """Sends a statement and keeps its outcome."""
        if len(text) < _CHECKED_LENGTH:
            direction = copy_direction(text)
            if direction is not None:
                self._start(text)
                method = "copy_%s() method instead" % direction
                raise ProgrammingError(
                    "can't execute COPY %s: use the %s" % (direction.upper(), method)
                )
        self._start(text)
        self._keep(self.connection._send(text, self))
        if not self.statusmessage and self._columns is None:
            raise ProgrammingError("can't execute an empty query")

    def _start(self, text):
        if not text.isascii():
            # A lone surrogate fails here, before anything is sent.
            text.encode("utf-8")
        self._forget_rows()
        self._query = text
        self.statusmessage = ""
        self.rowcount = -1

    def _keep(self, result):
        self._forget_rows()
        self.statusmessage = result.tag
        rows = result.rows
        if not result.columns and not rows:
            self.rowcount = result.count
            return
        self.rowcount = len(rows)
        self._columns = result.columns
        self._rows = rows
        oids = tuple([oid for _, oid in self._columns])
        self._make = row_maker(column_loaders(oids, self, UNICODE))

    def _forget_rows(self):
        self._columns = self._rows = self._description = None
        self.rownumber = self._offset = 0

    def _next_rows(self, count):
        """The next ``count`` rows as Python values; None asks for all."""
        if self._server is not None:
            self._keep(self._server.fetch(count))
            count = None
        start = self._offset
        stop = len(self._rows) if count is None else min(start + count, len(self._rows))
        if start >= stop:
            return []
        rows = self._rows if stop - start == len(self._rows) else self._rows[start:stop]
        made = self._shape(self._make(rows))
        self._offset = self.rownumber = stop
        return made

    def _shape(self, rows):
        """Makes rows of another kind of tuples, in kinds of cursors that have such."""
        if self.row_factory is None:
            return rows
        shaped = []
        for values in rows:
            row = self.row_factory(self)
            for index, value in enumerate(values):
                row[index] = value
            shaped.append(row)
        return shaped

    def _iterate(self):
        block = self.itersize if self._server is not None else _BLOCK
        while True:
            self._check_rows()
            try:
                rows = self._next_rows(block)
            except ValueError:
                # A value cannot be cast: the rows before it are still handed out.
                rows = self._next_rows(1)
            if not rows:
                return
            yield from self._hand_out(rows)

    def _hand_out(self, rows):
        """Yields rows; meanwhile the cursor stands where the reader is."""
        if self._server is not None:
            yield from rows
            return
        result = self._rows
        for number, row in enumerate(rows, self._offset - len(rows) + 1):
            self._offset = self.rownumber = number
            yield row
            if self._offset != number or self._rows is not result:
                # The reader fetched, moved, or ran another statement on its own.
                return

    def _caster(self, oid):
        own = self.string_types.get(oid) or self.connection.string_types.get(oid)
        return own or find_caster(oid) or UNICODE

    def _text(self, query):
        if type(query) is str:
            text = query
        elif isinstance(query, str):
            text = str.__str__(query)
        elif isinstance(query, bytes):
            text = query.decode("utf-8")
        elif query is None:
            text = ""
        elif hasattr(query, "as_string"):
            text = query.as_string(self)
        else:
            kind = type(query).__name__
            raise TypeError("argument 1 must be a string or unicode object: got %s instead" % kind)
        if not text:
            raise ProgrammingError("can't execute an empty query")
        return text

    def _check_open(self):
        if self._closed or self.connection.closed:
            raise InterfaceError("cursor already closed")

    def _check_rows(self):
        self._check_open()
        if self._server is None and self._rows is None:
            self.rowcount = -1
            raise ProgrammingError("no results to fetch")

    def _check_unnamed(self, method):
        if self._server is not None:
            raise ProgrammingError("can't call .%s() on named cursors" % method)
