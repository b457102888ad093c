"""Connections that write down the statements of their cursors."""

import time

from ._connection import connection as _connection
from ._cursor import cursor as _cursor


class LoggingConnection(_connection):
    """``initialize(logger or file)`` says where the statements go."""

    __module__ = "psycopg2.extras"

    def initialize(self, logobj):
        """Logs to a ``logging.Logger`` or to a file."""
        self._log = logobj.debug if hasattr(logobj, "debug") else _line_writer(logobj)

    def filter(self, msg, curs):
        """What is logged of a statement; nothing when this answers nothing."""
        return msg.decode("utf-8", "replace") if isinstance(msg, bytes) else msg

    def log(self, msg, curs):
        """Logs a statement."""
        shown = self.filter(msg, curs)
        if shown:
            self._log(shown)

    def cursor(self, *args, **kwargs):
        if not hasattr(self, "_log"):
            raise self.ProgrammingError(
                "LoggingConnection object has not been initialize()d"
            )
        kwargs.setdefault("cursor_factory", self.cursor_factory or LoggingCursor)
        return super().cursor(*args, **kwargs)


class LoggingCursor(_cursor):
    """Tells its connection of every statement."""

    __module__ = "psycopg2.extras"

    def execute(self, query, vars=None):  # noqa: A002
        try:
            return super().execute(query, vars)
        finally:
            self.connection.log(self.query, self)

    def callproc(self, procname, vars=None):  # noqa: A002
        try:
            return super().callproc(procname, vars)
        finally:
            self.connection.log(self.query, self)


class MinTimeLoggingConnection(LoggingConnection):
    """Logs only statements that took at least ``mintime`` milliseconds."""

    __module__ = "psycopg2.extras"

    def initialize(self, logobj, mintime=0):
        super().initialize(logobj)
        self._mintime = mintime

    def filter(self, msg, curs):
        elapsed = (time.time() - curs.timestamp) * 1000
        if elapsed < self._mintime:
            return None
        return "%s (execution time: %d ms)" % (super().filter(msg, curs), elapsed)

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or MinTimeLoggingCursor)
        return super().cursor(*args, **kwargs)


class MinTimeLoggingCursor(LoggingCursor):
    """Remembers when a statement began."""

    __module__ = "psycopg2.extras"

    def execute(self, query, vars=None):  # noqa: A002
        self.timestamp = time.time()
        return super().execute(query, vars)

    def callproc(self, procname, vars=None):  # noqa: A002
        self.timestamp = time.time()
        return super().callproc(procname, vars)


def _line_writer(file):
    return lambda text: file.write(text + "\n")
