"""
`openupgradelib` for migration scripts: the same modules, names and arguments. The host does the
work; what takes or gives Python code (decorators, contexts, generators) is here.
"""

__version__ = "3.12.0"
