"""`odoo.tools.parse_version`."""

from odoo._guest.version import parse_version  # noqa: F401
