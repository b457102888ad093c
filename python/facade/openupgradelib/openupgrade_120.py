"""Functions for upgrades to 12.0."""

from odoo._guest.forwarding import forwarding

__getattr__ = forwarding(__name__, globals(), "openupgrade_120.")
