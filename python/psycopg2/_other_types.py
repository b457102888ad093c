"""Types that a script registers when it wants them: UUID, network addresses."""

from ._adapt import ISQLQuote, register_adapter
from ._adapters import _quote_str
from ._cast_arrays import new_array_type
from ._typecast import Typecaster, register_type

_UUID_OIDS = (2950, 2951)
_INET_OIDS = (869, 1041)


class UUID_adapter:  # noqa: N801 (psycopg2's name)
    """A ``uuid.UUID`` as a uuid literal."""

    __module__ = "psycopg2.extras"

    def __init__(self, uuid):
        self._uuid = uuid

    def __conform__(self, protocol):
        return self if protocol is ISQLQuote else None

    def getquoted(self):
        return str(self).encode("utf-8")

    def __str__(self):
        return "'%s'::uuid" % self._uuid


class Inet:
    """A text that is sent as inet."""

    __module__ = "psycopg2.extras"

    def __init__(self, addr):
        self.addr = addr

    def __repr__(self):
        return "Inet(%r)" % self.addr

    def __str__(self):
        return str(self.addr)

    def __conform__(self, protocol):
        return self if protocol is ISQLQuote else None

    def prepare(self, conn):
        """Nothing depends on the connection."""

    def getquoted(self):
        return (_quote_str(str(self.addr), None) + "::inet").encode("utf-8")


def register_uuid(oids=None, conn_or_curs=None):
    """Has UUIDs be sent and cast as ``uuid.UUID``; answers the caster."""
    import uuid

    register_adapter(uuid.UUID, UUID_adapter)
    return _register("UUID", uuid.UUID, oids, _UUID_OIDS, conn_or_curs)


def register_inet(oid=None, conn_or_curs=None):
    """Has addresses be cast as :class:`Inet`; answers the caster."""
    return _register("INET", Inet, oid, _INET_OIDS, conn_or_curs)


def _register(name, load, given, usual, scope):
    oids = usual if given is None else given if isinstance(given, (list, tuple)) else (given,)
    caster = Typecaster(oids[:1], name, load)
    register_type(caster, scope)
    if len(oids) > 1:
        register_type(new_array_type(oids[1:2], name + "[]", caster), scope)
    return caster
