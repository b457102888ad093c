"""Evaluating the short expressions that the database holds: domains, contexts, default values."""

import datetime  # noqa: F401
import json  # noqa: F401
import time  # noqa: F401
from collections import ChainMap

from odoo._guest.expressions import evaluate
from odoo._guest.missing import missing_attribute
from odoo._guest.relative import relativedelta as _relativedelta

__path__ = []  # lets "from odoo.tools.safe_eval import x" say who has x


def __getattr__(name):
    raise missing_attribute(__name__, name)


class dateutil:  # noqa: N801
    """The part of `dateutil` that expressions use."""

    class relativedelta:  # noqa: N801
        relativedelta = _relativedelta


def const_eval(expr):
    """The value of an expression made of literals only."""
    import ast

    return ast.literal_eval(expr.strip())


expr_eval = const_eval


def safe_eval(
    expr, globals_dict=None, locals_dict=None, mode="eval", nocopy=False, locals_builtins=False, filename=None
):
    """
    The value of an expression: literals, names of the dictionaries, operators, comparisons,
    comprehensions and calls of what the names stand for.

    Raises ValueError naming the expression when it fails or has anything else in it. Statements
    (`mode="exec"`) need the release's own ORM.
    """
    if mode != "eval":
        raise missing_attribute(__name__, "safe_eval(mode=%r)" % mode)
    given = [names for names in (locals_dict, globals_dict) if names is not None]
    names = given[0] if len(given) == 1 else ChainMap(*given)
    text = expr.decode() if isinstance(expr, bytes) else expr
    return evaluate(text.strip(), names)


def test_python_expr(expr, mode="eval"):
    """False when the text is a valid expression or program, otherwise what is wrong with it."""
    try:
        compile(expr, "", mode)
    except (SyntaxError, TypeError, ValueError) as error:
        return "%s: %s" % (type(error).__name__, error)
    return False
