"""Asking the host, with everything that this side holds back sent first."""

import moultg

from odoo._guest.pending import flush_pending


def ask(op, *args, **kwargs):
    """The host's answer to an operation."""
    flush_pending()
    return moultg.call(op, *args, **kwargs)
