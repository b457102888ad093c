"""The cursor that scripts are given: psycopg2's with Odoo's rules around it."""

import logging
import time
from contextlib import contextmanager

import moultg
import psycopg2
import psycopg2.extensions
import psycopg2.extras

from odoo._guest import errors as _errors  # noqa: F401
from odoo._guest.containers import Callbacks
from odoo._guest.ddl import changes_schema
from odoo._guest.missing import missing_attribute
from odoo._guest.savepoint import FlushingSavepoint, Savepoint
from odoo.release import version_info

__path__ = []  # lets "from odoo.sql_db import x" say who has x

_SQL_OBJECTS = version_info[0] >= 17
if _SQL_OBJECTS:
    from odoo._guest.sql_object import SQL as _SQL

real_time = time.time
sql_counter = 0


def __getattr__(name):
    raise missing_attribute(__name__, name)


def _log():
    # Asked for each time: a script that mutes it must get the one that is used.
    return logging.getLogger("odoo.sql_db")


def _float(text, cursor):
    return None if text is None else float(text)


def _register_casters():
    # Odoo works with floats wherever PostgreSQL has numeric.
    numbers = (700, 701, 1700) if version_info[0] < 18 else (1700,)
    psycopg2.extensions.register_type(psycopg2.extensions.new_type(numbers, "float", _float))
    if version_info[0] >= 18:
        single = psycopg2.extensions.new_type((1700,), "float", _float)
        psycopg2.extensions.register_type(
            psycopg2.extensions.new_array_type((1231,), "float[]", single)
        )


_register_casters()


class BaseCursor:
    """The hooks around commit and rollback that every cursor has."""

    def __init__(self):
        self.precommit = Callbacks()
        self.postcommit = Callbacks()
        self.prerollback = Callbacks()
        self.postrollback = Callbacks()
        self.transaction = None

    def flush(self):
        """Sends writes that are held back, then runs the functions that wait for the commit."""
        if self.transaction is not None:
            self.transaction.flush()
        self.precommit.run()

    def clear(self):
        """Drops writes that are held back and cached values."""
        if self.transaction is not None:
            self.transaction.clear()
        self.precommit.clear()

    def reset(self):
        """Drops everything that was known about the database."""
        if self.transaction is not None:
            self.transaction.reset()

    def savepoint(self, flush=True):
        """A context that is undone when it ends with an exception."""
        return FlushingSavepoint(self) if flush else Savepoint(self)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        try:
            if exc_type is None:
                self.commit()
        finally:
            self.close()


class Cursor(BaseCursor):
    """
    A cursor of the one connection that a script has. What its own class lacks comes from psycopg2's
    cursor (`fetchall`, `rowcount`, `mogrify`, …). `commit` and `rollback` are the host's decision.
    """

    IN_MAX = 1000

    def __init__(self, connection, dbname):
        super().__init__()
        self._closed = True
        self._cnx = connection
        self._obj = connection.cursor()
        self.dbname = dbname
        self.cache = {}
        self.sql_log_count = 0
        self._now = None
        self._closed = False

    @property
    def connection(self):
        return self._cnx

    @property
    def closed(self):
        return self._closed or bool(self._cnx.closed)

    @property
    def readonly(self):
        return False

    def __getattr__(self, name):
        if name in ("_obj", "_cnx") or (self._closed and name != "__class__"):
            raise psycopg2.InterfaceError("Cursor already closed")
        return getattr(self._obj, name)

    def __iter__(self):
        return iter(self._obj)

    def execute(self, query, params=None, log_exceptions=True):
        """
        Runs a statement. `params` is a tuple, a list or a dict, otherwise ValueError; a failure is
        logged unless `log_exceptions` is false. From 17.0 on `query` may be an `odoo.tools.SQL`.
        """
        if self._closed:
            raise psycopg2.InterfaceError("Cursor already closed")
        if _SQL_OBJECTS and isinstance(query, _SQL):
            if params is not None:
                raise AssertionError("Unexpected parameters for SQL query object")
            query, params = query.code, query.params
        if params and not isinstance(params, (tuple, list, dict)):
            raise ValueError("SQL query parameters should be a tuple, list or dict; got %r" % (params,))
        if not _SQL_OBJECTS:
            # Up to 16.0 empty parameters are none: "%%" stays as it is then.
            params = params or None
        transaction = self.transaction
        if transaction is not None and transaction.pending and not transaction.flushing:
            transaction.flush()
        self.sql_log_count += 1
        try:
            return self._obj.execute(query, params)
        except Exception as error:
            if log_exceptions:
                _log().error("bad query: %s\nERROR: %s", _shown(self._obj.query or query), error)
            raise
        finally:
            if transaction is not None and isinstance(query, str) and changes_schema(query):
                transaction.schema_stale = True

    def execute_values(self, query, argslist, template=None, page_size=100, fetch=False):
        """One statement per page of rows for `INSERT ... VALUES %s`."""
        if _SQL_OBJECTS and isinstance(query, _SQL):
            if query.params:
                raise AssertionError("Unexpected parameters for SQL query object")
            query = query.code
        return psycopg2.extras.execute_values(
            self, query, argslist, template=template, page_size=page_size, fetch=fetch
        )

    def _row_dict(self, row):
        return {column.name: row[index] for index, column in enumerate(self._obj.description)}

    def dictfetchone(self):
        """The next row as a dict, or None."""
        row = self._obj.fetchone()
        return row and self._row_dict(row)

    def dictfetchmany(self, size):
        return [self._row_dict(row) for row in self._obj.fetchmany(size)]

    def dictfetchall(self):
        return [self._row_dict(row) for row in self._obj.fetchall()]

    def split_for_in_conditions(self, ids, size=None):
        """The ids in tuples that an IN condition can take."""
        ids = list(ids)
        size = size or self.IN_MAX
        return [tuple(ids[start : start + size]) for start in range(0, len(ids), size)]

    def commit(self):
        """Asks the host to commit. During an upgrade it keeps the step's transaction open."""
        self.flush()
        self._end("commit")
        self.clear()
        self._now = None
        self.prerollback.clear()
        self.postrollback.clear()
        self.postcommit.run()

    def rollback(self):
        """Goes back to where the script began; writes that are held back are dropped."""
        self.clear()
        self.postcommit.clear()
        self.prerollback.run()
        self._end("rollback")
        self._now = None
        if self.transaction is not None:
            self.transaction.schema_stale = True
        self.postrollback.run()

    def _end(self, how):
        if self.transaction is not None and self._cnx.status == psycopg2.extensions.STATUS_READY:
            # Only records were worked with: the connection does not know that there is something to end.
            moultg.call(how)
        else:
            getattr(self._cnx, how)()

    def close(self):
        """Drops what is held back; the connection stays the host's."""
        if self._closed:
            return
        self.cache.clear()
        self.precommit.clear()
        self.postcommit.clear()
        self._obj.close()
        self._closed = True

    def autocommit(self, on):
        """Does nothing: the host owns the transaction."""
        _log().debug("autocommit(%s) is not supported in a migration script", on)

    if version_info[0] >= 15:

        def now(self):
            """The time at which the transaction began, in UTC without a time zone."""
            if self._now is None:
                with self._cnx.cursor() as cursor:
                    cursor.execute("SELECT (now() AT TIME ZONE 'UTC')")
                    self._now = cursor.fetchone()[0]
            return self._now


class Connection:
    """The database, as `db_connect` gives it."""

    def __init__(self, dbname):
        self.dbname = dbname
        self.dsn = {"database": dbname}

    def cursor(self, **kwargs):
        """A new cursor; all share the one connection of the host."""
        return Cursor(psycopg2.connect(dbname=self.dbname), self.dbname)


def db_connect(to, allow_uri=False, readonly=False):
    """The database by name. Only the one that is being upgraded can be had."""
    return Connection(to)


def close_db(db_name):
    """Does nothing: the connection is the host's."""


def close_all():
    """Does nothing: the connection is the host's."""


def open_cursor():
    """The cursor for a script's `migrate`."""
    return db_connect(moultg.call("dbname")).cursor()


@contextmanager
def flush_env(cr, *, clear=True):
    """Sends what is held back when the block ended well, otherwise drops it."""
    try:
        yield
        cr.flush()
    except Exception:
        cr.clear()
        raise


def _shown(query):
    return query.decode("utf-8", "replace") if isinstance(query, bytes) else str(query)


moultg.register_encoder(BaseCursor, "cr", lambda cursor: None)
