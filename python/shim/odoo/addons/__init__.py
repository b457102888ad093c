"""Addons of the source folders; the interpreter's importer finds them by name."""

from odoo._guest.settings import addons_paths

__path__ = addons_paths()
