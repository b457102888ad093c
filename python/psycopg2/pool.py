"""Connection pools exist in name only: all connections share the host's one session."""

from ._exceptions import Error


class PoolError(Error):
    """A pool has no connection to give."""

    __module__ = "psycopg2.pool"
