"""Makes Odoo's exceptions of what the host refuses."""

import moultg


def build_user_error(fields):
    """The exception of `odoo.exceptions` that the host names."""
    from odoo import exceptions

    known = ("UserError", "ValidationError", "MissingError", "AccessError", "RedirectWarning")
    name = fields.get("cls") or fields.get("detail")
    return getattr(exceptions, name if name in known else "UserError")(fields.get("message") or "")


def build_needs_native(fields):
    """The request to start again with the release's own ORM."""
    return moultg.NeedsNativeOrm(fields.get("cls") or fields.get("detail") or "", fields.get("message") or "")


def register():
    moultg.register_error("user", build_user_error)
    moultg.register_error("needs-odoo", build_needs_native)


register()
