"""What newer Python releases took away, put back before Odoo is imported."""

import ast
import sys


def apply():
    """Makes old sources importable; does nothing on a Python that still has all of it."""
    if sys.version_info >= (3, 14):
        _restore_constant_nodes()


class _ConstantNode(type):
    """``isinstance(node, ast.Str)`` as it was when constants had a class for each type."""

    def __instancecheck__(cls, node):
        return isinstance(node, ast.Constant) and isinstance(node.value, cls.kinds)

    def __call__(cls, value, **kwargs):
        return ast.Constant(value, **kwargs)


def _restore_constant_nodes():
    # Gone in Python 3.14; the types that each of them meant are of Python 3.7's documentation.
    kinds = {
        "Str": (str,),
        "Num": (int, float, complex),
        "Bytes": (bytes,),
        "NameConstant": (bool, type(None)),
        "Ellipsis": (type(Ellipsis),),
    }
    for name, types in kinds.items():
        if not hasattr(ast, name):
            setattr(ast, name, _ConstantNode(name, (), {"kinds": types}))
    for name in ("s", "n"):
        if not hasattr(ast.Constant, name):
            setattr(ast.Constant, name, property(lambda node: node.value))
