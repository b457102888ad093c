"""Whose transaction it is: all connections share the host's one session.

The connection that begins owns the transaction; the others take part in it, and their commit and
rollback do nothing until it has ended.
"""

import moultg

_owner = None
# Connections that sent statements in the owner's transaction, in that order.
_guests = []
# Owners that were dropped; a destructor may run while a message is under way, so they wait here.
_dropped = []
_kept = False


def begin(connection, options):
    """Begins a transaction for a connection's number, or has it take part in the one that is open."""
    global _owner
    while _dropped:
        _leave(_dropped.pop())
    if _owner is not None:
        _guests.append(connection)
        return
    moultg.call("begin", connection=connection, **options)
    _owner = connection


def end(connection, operation):
    """Commits or rolls back, if the transaction is the connection's."""
    global _owner
    takes_part = connection in _guests
    if takes_part:
        _guests.remove(connection)
    # A connection of a script before this one takes no part: it must not undo this one's work.
    if connection != _owner and (_owner is not None or not takes_part):
        return
    _owner = None
    moultg.call(operation, connection=connection)


def close(connection):
    """A connection goes while its transaction is open: it is rolled back, unless others work in it."""
    global _owner
    if _owner == connection and _guests:
        _owner = _guests.pop(0)
        return
    end(connection, "rollback")


def drop(connection):
    """Like :func:`close`, for a destructor: it takes effect before the next transaction begins."""
    _dropped.append(connection)


def keep():
    """Has owners stay from one script to the next: a connection lives as long as its interpreter."""
    global _kept
    _kept = True


def forget():
    """Before another script: the host has settled what the one before left open."""
    global _owner
    if _kept:
        return
    _owner = None
    del _guests[:], _dropped[:]


def _leave(connection):
    if connection == _owner or connection in _guests:
        close(connection)


moultg.register_reset(forget)
