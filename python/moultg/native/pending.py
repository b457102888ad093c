"""What the facade of ``openupgradelib`` asks of the ORM around the host's helpers, for the release's own."""

import sys

from . import cursors


def flush_pending():
    """Sends writes and computations that are held back: the host's helper works by SQL."""
    cursor = cursors.current()
    if cursor is None:
        return
    transaction = getattr(cursor, "transaction", None)
    if transaction is not None:
        transaction.flush()
    elif not hasattr(type(cursor), "transaction"):
        cursors.flush(cursor)


def forget_values():
    """Drops cached values after the helper changed rows."""
    cursor = cursors.current()
    if cursor is None:
        return
    # What Odoo's own importers still hold back would be lost; after an error, nothing can be sent.
    if sys.exc_info()[0] is None:
        flush_pending()
    cursors.forget_values(cursor)
