"""Writes that are held back, and the moments at which they must reach the database."""

import weakref

import moultg

_transactions = weakref.WeakSet()
_latest = None


def watch(transaction):
    """Has the transaction flushed at the end of the script and before the host is asked for anything."""
    global _latest
    _transactions.add(transaction)
    _latest = weakref.ref(transaction)


def latest_transaction():
    """The transaction that was made last and still lives, or None."""
    return _latest() if _latest is not None else None


def flush_pending():
    """Sends every write that is still held back."""
    for transaction in list(_transactions):
        if transaction.pending:
            transaction.flush()


def finish_script():
    """Sends what is held back and runs the functions that wait for a commit, as Odoo would."""
    for transaction in list(_transactions):
        transaction.cr.flush()


def forget_everything():
    """Drops caches, schemas and held-back writes: another script begins."""
    for transaction in list(_transactions):
        transaction.reset()
    _transactions.clear()


def forget_values():
    """Drops cached values after the host changed rows by itself."""
    for transaction in list(_transactions):
        transaction.cache.clear()


moultg.register_flush(finish_script)
moultg.register_reset(forget_everything)
