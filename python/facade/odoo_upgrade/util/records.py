"""Records by their external identifiers."""

from odoo_upgrade.util._names import forwarding, host_function

__getattr__ = forwarding(__name__, globals())


def if_unchanged(cr, xmlid, callback, interval="1 minute", **kwargs):
    """Calls `callback(cr, xmlid, **kwargs)` unless a user changed the record, which is protected then."""
    changed = host_function(__name__, "is_changed")(cr, xmlid, interval=interval)
    if changed is None:
        return
    if changed:
        host_function(__name__, "force_noupdate")(cr, xmlid, noupdate=True)
    else:
        callback(cr, xmlid, **kwargs)
