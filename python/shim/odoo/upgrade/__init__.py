"""`odoo.upgrade`: the helper library `util`."""

__path__ = []
