"""Merging records."""

from odoo._guest.forwarding import forwarding

__getattr__ = forwarding(__name__, globals(), "openupgrade_merge_records.")
