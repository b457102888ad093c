"""Small tools of the library."""

import logging

from odoo.release import version_info

from odoo._guest.forwarding import build_forwarder, forwarding

logger = logging.getLogger(__name__)

table_exists = build_forwarder("table_exists", __name__, "table_exists")
column_exists = build_forwarder("column_exists", __name__, "column_exists")


def invalidate_cache(env, flush=True):
    """Drops cached values, after sending what is held back (or dropping that too)."""
    if version_info[0] >= 16:
        env.invalidate_all(flush=flush)
        return
    if flush:
        env.transaction.flush()
    env.transaction.clear()


def not_html_empty_where_clause(column):
    """A condition that holds for HTML in which something is left without its formatting tags."""
    tags = r"<\s*/?\s*(?:p|div|span|br|b|i|font)(?:\s[^>]*)?/?\s*>"
    return r"coalesce(regexp_replace(%s, '%s', '', 'g'), '') ~ '\S'" % (column, tags)


__getattr__ = forwarding(__name__, globals(), "openupgrade_tools.")
