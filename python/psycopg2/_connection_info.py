"""What a connection says of itself."""


class ConnectionInfo:
    """Made as ``connection.info``; subclasses are given the connection, as psycopg2's are."""

    __module__ = "psycopg2.extensions"

    error_message = None
    socket = -1
    needs_password = False
    used_password = False
    ssl_in_use = False
    ssl_attribute_names = ()

    def __init__(self, connection):
        self._connection = connection

    dbname = property(lambda self: self._connection._database)
    user = property(lambda self: self._part("user"))
    password = property(lambda self: self._part("password"))
    host = property(lambda self: self._part("host"))
    port = property(lambda self: int(self._part("port") or 5432))
    options = property(lambda self: self._part("options"))
    dsn_parameters = property(lambda self: self._connection.get_dsn_parameters())
    server_version = property(lambda self: self._connection.server_version)
    protocol_version = property(lambda self: self._connection.protocol_version)
    backend_pid = property(lambda self: self._connection.get_backend_pid())
    transaction_status = property(lambda self: self._connection.get_transaction_status())

    @property
    def status(self):
        """libpq's: 0 for a good connection, 1 for a closed one."""
        return 1 if self._connection.closed else 0

    def parameter_status(self, name):
        """The value of a setting."""
        return self._connection.get_parameter_status(name)

    def ssl_attribute(self, name):
        return None

    def _part(self, name):
        return self._connection._parts.get(name) or ""


