"""Expressions in the database's texts, read without being run."""

import ast
import collections
import itertools

from odoo.tools.safe_eval import safe_eval  # noqa: F401


class SelfPrint:
    """A name that is only its own text, whatever an expression does with it."""

    def __init__(self, name):
        self.__name = name

    def __getattr__(self, attribute):
        return SelfPrint("%s.%s" % (self, attribute))

    def __call__(self, *args, **kwargs):
        shown = [repr(value) for value in args] + ["%s=%r" % pair for pair in kwargs.items()]
        return SelfPrint("%s(%s)" % (self, ", ".join(shown)))

    def __getitem__(self, key):
        return SelfPrint("%s[%r]" % (self, key))

    def __add__(self, other):
        return SelfPrint("%s + %r" % (self, other))

    def __radd__(self, other):
        return SelfPrint("%r + %s" % (other, self))

    def __sub__(self, other):
        return SelfPrint("%s - %r" % (self, other))

    def __rsub__(self, other):
        return SelfPrint("%r - %s" % (other, self))

    def __mul__(self, other):
        return SelfPrint("%s * %r" % (self, other))

    def __rmul__(self, other):
        return SelfPrint("%r * %s" % (other, self))

    def __truediv__(self, other):
        return SelfPrint("%s / %r" % (self, other))

    def __eq__(self, other):
        return isinstance(other, SelfPrint) and self.__name == other.__name

    def __hash__(self):
        return hash(self.__name)

    def __repr__(self):
        return self.__name

    __str__ = __repr__


class SelfPrintEvalContext(collections.defaultdict):
    """Names for `safe_eval` in which every unknown one prints itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(None, *args, **kwargs)
        self._counter = itertools.count()

    def __missing__(self, key):
        self[key] = value = SelfPrint(key)
        return value

    def __contains__(self, key):
        return True


def ast_unparse(node):
    """The source of a syntax tree."""
    return ast.unparse(node)


def literal_replace(expr, mapping):
    """The expression with parts replaced: `mapping` is source to source, for whole sub-expressions."""
    dumped = {_dump(old): ast.parse(new, mode="eval").body for old, new in mapping.items()}

    class Replacer(ast.NodeTransformer):
        def visit(self, node):
            found = dumped.get(ast.dump(node)) if isinstance(node, ast.expr) else None
            return found if found is not None else super().visit(node)

    return ast.unparse(Replacer().visit(ast.parse(expr.strip(), mode="eval")))


def _dump(text):
    return ast.dump(ast.parse(text, mode="eval").body)
