"""The exceptions of PEP 249, and those that psycopg2 adds for what may succeed on a second try."""


class Warning(Exception):  # noqa: A001 (the name is PEP 249's)
    """Something worth a warning; never raised."""

    __module__ = "psycopg2"


class Error(Exception):
    """Base of all errors. ``pgerror`` is the server's text, ``pgcode`` its SQLSTATE, where it sent any."""

    __module__ = "psycopg2"

    pgerror = None
    pgcode = None
    cursor = None
    _fields = {}

    @property
    def diag(self):
        """The fields of the server's message, each None where the server did not send it."""
        return Diagnostics(self._fields)

    def __reduce__(self):
        state = {"pgerror": self.pgerror, "pgcode": self.pgcode, "_fields": self._fields}
        return type(self), self.args, state

    def __setstate__(self, state):
        self.__dict__.update(state)


class InterfaceError(Error):
    """The module is used wrongly, such as a closed cursor."""

    __module__ = "psycopg2"


class DatabaseError(Error):
    """The database refused something."""

    __module__ = "psycopg2"


class DataError(DatabaseError):
    __module__ = "psycopg2"


class OperationalError(DatabaseError):
    __module__ = "psycopg2"


class IntegrityError(DatabaseError):
    __module__ = "psycopg2"


class InternalError(DatabaseError):
    __module__ = "psycopg2"


class ProgrammingError(DatabaseError):
    __module__ = "psycopg2"


class NotSupportedError(DatabaseError):
    __module__ = "psycopg2"


class QueryCanceledError(OperationalError):
    """A statement was cancelled, by the user or by a time limit."""

    __module__ = "psycopg2.extensions"


class TransactionRollbackError(OperationalError):
    """The server rolled back: a deadlock or a serialisation failure."""

    __module__ = "psycopg2.extensions"


class Diagnostics:
    """What the server's message says beyond its text; see the fields of PQresultErrorField."""

    __module__ = "psycopg2.extensions"

    def __init__(self, fields):
        self._fields = fields


# The attribute, and the name under which the host sends it.
_DIAGNOSTICS = {
    "column_name": "column",
    "constraint_name": "constraint",
    "context": "where",
    "datatype_name": "dataType",
    "internal_position": "internalPosition",
    "internal_query": "internalQuery",
    "message_detail": "detail",
    "message_hint": "hint",
    "message_primary": "message",
    "schema_name": "schema",
    "severity": "severity",
    "severity_nonlocalized": "severity",
    "source_file": "file",
    "source_function": "routine",
    "source_line": "line",
    "sqlstate": "code",
    "statement_position": "position",
    "table_name": "table",
}


def _field(key):
    def read(self):
        value = self._fields.get(key)
        return value if value is None else str(value)

    return property(read)


for _name, _key in _DIAGNOSTICS.items():
    setattr(Diagnostics, _name, _field(_key))
