"""The server's side of a cursor with a name: DECLARE, FETCH, MOVE, CLOSE."""

from ._adapt import quote
from ._exceptions import ProgrammingError
from ._identifiers import quote_identifier


class ServerCursor:
    """What a named cursor asks of the server."""

    def __init__(self, owner):
        self._owner = owner
        self._name = quote_identifier(owner.name)
        self._declared = False

    def check_unused(self):
        """A name is declared once."""
        if self._declared:
            raise ProgrammingError("can't call .execute() on named cursors more than once")
        if self._owner.connection.autocommit and not self._owner.withhold:
            raise ProgrammingError("can't use a named cursor outside of transactions")

    def declare(self, text):
        """Declares the cursor for a query."""
        scroll = {None: "", True: "SCROLL ", False: "NO SCROLL "}[self._owner.scrollable]
        hold = "WITH" if self._owner.withhold else "WITHOUT"
        self._owner._run(
            "DECLARE %s %sCURSOR %s HOLD FOR %s" % (self._name, scroll, hold, text)
        )
        self._declared = True

    def fetch(self, count):
        """The result set of the next ``count`` rows, or of all that are left."""
        amount = "ALL" if count is None else count
        return self._send("FETCH FORWARD %s FROM %s" % (amount, self._name))

    def move(self, value, mode):
        """Moves without fetching."""
        direction = "ABSOLUTE" if mode == "absolute" else "FORWARD"
        self._send("MOVE %s %d FROM %s" % (direction, value, self._name))
        self._owner.rownumber = 0

    def close(self):
        """Closes what is still declared: a rollback may have closed it before."""
        connection = self._owner.connection
        if not self._declared or connection.closed or connection._failed:
            return
        self._declared = False
        if not self._owner.withhold and not connection._in_transaction():
            return
        name = quote(self._owner.name, connection)
        query = "SELECT 1 FROM pg_catalog.pg_cursors WHERE name = %s" % name
        if self._send(query).rows:
            self._send("CLOSE %s" % self._name)

    def _send(self, text):
        return self._owner.connection._send(text, self._owner)
