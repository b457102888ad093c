"""What is left of the old object layer."""

from odoo.osv import expression  # noqa: F401
