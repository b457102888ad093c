"""What of Odoo does not know the Python it runs on, set right after its import."""

import ast
import dis
import sys

from . import after_import
from .opcodes import OPCODES

_OF_TEMPLATES = (
    "BINARY_SLICE",
    "BUILD_STRING",
    "CONVERT_VALUE",
    "EXTENDED_ARG",
    "FORMAT_SIMPLE",
    "FORMAT_WITH_SPEC",
)


def apply():
    """Repairs the imported Odoo in place, and `base` as soon as it is imported."""
    from odoo.tools import misc, safe_eval

    allow_opcodes(safe_eval)
    let_sets_be_copied(misc)
    after_import.install(
        {
            "odoo.addons.base.models.ir_qweb": allow_template_opcodes,
            "odoo.addons.base.models.qweb": keep_positions_valid,
        }
    )


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
    if not hasattr(qweb, "_SAFE_QWEB_OPCODES"):
        return
    _add(qweb, "_SAFE_QWEB_OPCODES", ("const", "expression", "template"))
    # Those of formatted texts and slices, and what a long expression needs: its jumps have two parts.
    qweb._SAFE_QWEB_OPCODES.update(dis.opmap[name] for name in _OF_TEMPLATES if name in dis.opmap)


def keep_positions_valid(qweb):
    """
    Has Odoo 14 compile its templates, which are syntax trees put together from parts of several texts.

    A node whose end lies before its beginning is refused from Python 3.11 on: here, nodes end where they begin.
    """

    def compile_tree(source, *args, **kwargs):
        for node in ast.walk(source) if isinstance(source, ast.AST) else ():
            if getattr(node, "end_lineno", None) is not None:
                node.end_lineno, node.end_col_offset = node.lineno, node.col_offset
        return compile(source, *args, **kwargs)

    qweb.compile = compile_tree


def let_sets_be_copied(misc):
    """
    Gives Odoo's ordered set what sets have.

    Odoo 17 and newer keep environments in a weak set that stands on one; from Python 3.14 on, going over a weak set
    copies what it stands on.
    """
    if not hasattr(misc.OrderedSet, "copy"):
        misc.OrderedSet.copy = lambda self: type(self)(self)


def _add(module, target, kinds):
    known = OPCODES.get(sys.version_info[:2], {})
    names = {name for kind in kinds for name in known.get(kind, "").split()}
    allowed = {dis.opmap[name] for name in names if name in dis.opmap}
    # In place: other modules have the same set.
    getattr(module, target).update(allowed - set(module._BLACKLIST))
