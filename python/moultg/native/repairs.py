"""What of Odoo does not know the Python it runs on, set right after its import."""

import dis
import sys

from . import after_import
from .opcodes import OPCODES


def apply():
    """Repairs the imported Odoo in place, and `base` as soon as it is imported."""
    from odoo.tools import safe_eval

    allow_opcodes(safe_eval)
    after_import.install({"odoo.addons.base.models.ir_qweb": allow_template_opcodes})


def allow_opcodes(safe_eval):
    """
    Teaches ``safe_eval`` the harmless byte codes of newer Python releases.

    It has lists of allowed ones by name, up to the Python that its release knew; what it forbids on purpose
    is never added.
    """
    _add(safe_eval, "_CONST_OPCODES", ("const",))
    _add(safe_eval, "_EXPR_OPCODES", ("const", "expression"))
    _add(safe_eval, "_SAFE_OPCODES", ("const", "expression", "statement"))


def allow_template_opcodes(qweb):
    """The same for templates, whose list Odoo 15 and newer make from that of expressions."""
    if hasattr(qweb, "_SAFE_QWEB_OPCODES"):
        _add(qweb, "_SAFE_QWEB_OPCODES", ("const", "expression", "template"))


def _add(module, target, kinds):
    known = OPCODES.get(sys.version_info[:2], {})
    names = {name for kind in kinds for name in known.get(kind, "").split()}
    allowed = {dis.opmap[name] for name in names if name in dis.opmap}
    # In place: other modules have the same set.
    getattr(module, target).update(allowed - set(module._BLACKLIST))
