"""The library's module `models`: its functions are the host's."""

from odoo_upgrade.util._names import forwarding

__getattr__ = forwarding(__name__, globals())
