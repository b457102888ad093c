"""Docstrings of classes as they stand in the source: ``ir_model.info`` holds those of models."""

import ast
import re
import sys
from importlib.machinery import SourceFileLoader

from .facts import facts

# A class whose first statement is a string of more than one line.
_CLASS = re.compile(rb"^[ \t]*class [^\n]*:[ \t]*\n(?:[ \t]*\n)*[ \t]+[rRuU]?(?:\"\"\"|''')", re.MULTILINE)


def keep():
    """From Python 3.13 on, the compiler takes the indentation out of docstrings; not out of Odoo's here."""
    if sys.version_info < (3, 13):
        return
    original = SourceFileLoader.source_to_code

    def source_to_code(self, data, path, **options):
        if isinstance(data, bytes) and _is_odoo(path) and _CLASS.search(data):
            return compile(_without_docstrings(data), path, "exec", dont_inherit=True)
        return original(self, data, path, **options)

    SourceFileLoader.source_to_code = source_to_code


def _is_odoo(path):
    return any(path.startswith(folder) for folder in (facts.odoo, *facts.addons_paths))


def _without_docstrings(data):
    tree = ast.parse(data)
    # Models are classes of modules, or of such a class: looking at every node takes longer than compiling.
    _keep_in(tree.body)
    return tree


def _keep_in(body):
    for node in body:
        if isinstance(node, ast.ClassDef):
            _assign_docstring(node)
            _keep_in(node.body)


def _assign_docstring(node):
    first = node.body[0]
    if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
        return
    if not isinstance(first.value.value, str):
        return
    # An assignment is left alone by the compiler.
    name = ast.copy_location(ast.Name("__doc__", ast.Store()), first)
    node.body[0] = ast.copy_location(ast.Assign([name], first.value), first)
