"""A connection: the transaction of its cursors, and what it says of the database."""

import itertools

import moultg

from . import _constants, _exceptions, _transactions
from ._connection_info import ConnectionInfo
from ._cursor import cursor as _cursor_class
from ._dsn import parse_dsn, without_password
from ._exceptions import (
    InterfaceError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)
from ._session_settings import SessionSettings

_ids = itertools.count(1)


class connection(SessionSettings):  # noqa: N801 (psycopg2's name)
    """One of several views of the host's one session; see ``_transactions`` for whose transaction it is."""

    __module__ = "psycopg2.extensions"

    Warning = _exceptions.Warning
    Error = _exceptions.Error
    InterfaceError = _exceptions.InterfaceError
    DatabaseError = _exceptions.DatabaseError
    DataError = _exceptions.DataError
    OperationalError = _exceptions.OperationalError
    IntegrityError = _exceptions.IntegrityError
    InternalError = _exceptions.InternalError
    ProgrammingError = _exceptions.ProgrammingError
    NotSupportedError = _exceptions.NotSupportedError

    encoding = "UTF8"
    protocol_version = 3
    pgconn_ptr = None
    async_ = 0
    # None until the connection is made: a destructor runs for one that was refused, too.
    _id = None

    def __init__(self, dsn="", async_=0, **kwargs):
        if async_ or kwargs.get("async"):
            raise NotSupportedError("asynchronous connections are not available here")
        self._parts = parse_dsn(dsn)
        self._database = moultg.call("dbname")
        _check_database(self._parts.get("dbname"), self._database)
        self._id = next(_ids)
        self._dsn = without_password(dsn)
        self._version = None
        self._closed = 0
        self._failed = False
        self._entered = False
        self._set_defaults()
        self.status = _constants.STATUS_READY
        self.cursor_factory = None
        self.string_types = {}
        self.binary_types = {}
        #: Always empty: the host keeps the server's notices.
        self.notices = []
        self.notifies = []

    def __del__(self):
        if self._id is not None and not self._closed and self._in_transaction():
            _transactions.drop(self._id)

    def __repr__(self):
        parts = (id(self), self._dsn, self._closed)
        return "<connection object at 0x%x; dsn: '%s', closed: %d>" % parts

    def __enter__(self):
        self._check_open()
        if self._entered:
            raise ProgrammingError("the connection cannot be re-entered recursively")
        self._entered = True
        return self

    def __exit__(self, kind, error, traceback):
        self._entered = False
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def cursor(
        self, name=None, cursor_factory=None, scrollable=None, withhold=False
    ):
        """A new cursor; one with a name is a cursor of the server."""
        self._check_open()
        factory = cursor_factory or self.cursor_factory or _cursor_class
        made = factory(self, name) if name is not None else factory(self)
        if not isinstance(made, _cursor_class):
            raise TypeError("cursor factory must be subclass of psycopg2.extensions.cursor")
        if scrollable is not None:
            made.scrollable = scrollable
        if withhold:
            made.withhold = True
        return made

    def commit(self):
        """Ends the transaction; what that does to the script's step is the host's decision."""
        self._check_open()
        self._end("commit")

    def rollback(self):
        """Undoes the transaction."""
        self._check_open()
        self._end("rollback")

    def close(self):
        """Closes; an open transaction is rolled back."""
        if self._closed:
            return
        self._closed = 1
        if self._in_transaction():
            self.status = _constants.STATUS_READY
            _transactions.close(self._id)

    def reset(self):
        """Back to the state of a new connection, as far as this object has a state."""
        self._check_open()
        self._end("rollback")
        self._set_defaults()

    def cancel(self):
        """Nothing to cancel: a statement has ended when its caller goes on."""
        self._check_open()

    # The session.

    @property
    def closed(self):
        return self._closed

    @property
    def dsn(self):
        return self._dsn

    @property
    def info(self):
        return ConnectionInfo(self)

    @property
    def server_version(self):
        if self._version is None:
            self._version = moultg.call("server_version")
        return self._version

    def set_client_encoding(self, encoding):
        """Texts are always exchanged as UTF-8."""
        self._check_open()
        name = "".join(filter(str.isalnum, encoding)).upper()
        if name not in ("UTF8", "UNICODE"):
            raise NotSupportedError("client encoding %s is not available here" % encoding)

    def get_transaction_status(self):
        """One of ``extensions.TRANSACTION_STATUS_*``."""
        if self._closed:
            return _constants.TRANSACTION_STATUS_UNKNOWN
        if not self._in_transaction():
            return _constants.TRANSACTION_STATUS_IDLE
        if self._failed:
            return _constants.TRANSACTION_STATUS_INERROR
        return _constants.TRANSACTION_STATUS_INTRANS

    def get_parameter_status(self, parameter):
        """The value of a setting, None where there is none such."""
        self._check_open()
        text = "SELECT pg_catalog.current_setting(%s, true)" % _cursor_class(self).quoted(parameter)
        return moultg.call("sql", text, connection=self._id).rows[0][0]

    def get_backend_pid(self):
        """Process id of the server's side."""
        self._check_open()
        text = "SELECT pg_catalog.pg_backend_pid()"
        return int(moultg.call("sql", text, connection=self._id).rows[0][0])

    def get_dsn_parameters(self):
        """The parts of the connection string, without the password."""
        self._check_open()
        parts = {**self._parts, "dbname": self._database}
        parts.pop("password", None)
        return parts

    def isexecuting(self):
        return False

    def poll(self):
        """Always ready: there are no asynchronous connections."""
        self._check_open()
        return _constants.POLL_OK

    def fileno(self):
        self._unsupported("a socket")

    def lobject(self, *args, **kwargs):
        self._unsupported("large objects")

    def xid(self, *args):
        self._unsupported("two-phase commit")

    tpc_begin = tpc_prepare = tpc_commit = tpc_rollback = tpc_recover = xid

    # For cursors.

    def _send(self, text, cursor):
        """Sends a statement; its result set, or an error that names the cursor."""
        return self._run(lambda id: moultg.call("sql", text, connection=id), cursor)

    def _run(self, operation, cursor):
        """Does ``operation(id)`` in the transaction of this connection, which it begins if needed."""
        if self.status == _constants.STATUS_READY and not self._autocommit:
            self._begin()
        try:
            result = operation(self._id)
        except _exceptions.Error as error:
            error.cursor = cursor
            self._failed = self._in_transaction()
            raise
        self._failed = False
        return result

    def _begin(self):
        _transactions.begin(self._id, self._begin_options())
        self.status = _constants.STATUS_BEGIN

    def _end(self, operation):
        if not self._in_transaction():
            return
        self.status = _constants.STATUS_READY
        self._failed = False
        _transactions.end(self._id, operation)

    def _in_transaction(self):
        return self.status == _constants.STATUS_BEGIN

    def _check_open(self):
        if self._closed:
            raise InterfaceError("connection already closed")

    def _unsupported(self, what):
        raise NotSupportedError("%s: not available on a script's connection" % what)


def _check_database(wanted, database):
    """Refuses to give a script that asks for another database the one that is upgraded."""
    if not wanted or wanted == database:
        return
    if "=" in wanted or "://" in wanted:
        wanted = parse_dsn(wanted).get("dbname", database)
    if wanted != database:
        raise OperationalError(
            'FATAL:  database "%s" cannot be reached: scripts have a connection to "%s" only\n'
            % (wanted, database)
        )
