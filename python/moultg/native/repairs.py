"""What of Odoo does not know the Python it runs on, set right after its import."""

import sys

from .opcodes import OPCODES


def apply():
    """Repairs the imported Odoo in place."""
    from odoo.tools import safe_eval

    allow_opcodes(safe_eval)


def allow_opcodes(safe_eval):
    """
    Teaches ``safe_eval`` the harmless byte codes of newer Python releases.

    It has lists of allowed ones by name, up to the Python that its release knew; what it forbids on purpose
    is never added.
    """
    known = OPCODES.get(sys.version_info[:2])
    if known is None:
        return
    import dis

    forbidden = set(getattr(safe_eval, "_BLACKLIST", ()))
    for target, kind in (
        ("_CONST_OPCODES", ("const",)),
        ("_EXPR_OPCODES", ("const", "expression")),
        ("_SAFE_OPCODES", ("const", "expression", "statement")),
    ):
        names = [name for one in kind for name in known[one]]
        codes = {dis.opmap[name] for name in names if name in dis.opmap}
        getattr(safe_eval, target).update(codes - forbidden)
