"""
`odoo.upgrade.util`: the same names and arguments. The host does the work; what takes or gives
Python code, and what only computes, is here.
"""

from odoo_upgrade.util._names import host_function, own_names

_PLACES = own_names()
_SUBMODULES = (
    "accounting", "const", "data", "domains", "exceptions", "fields", "helpers", "hr_payroll",
    "inconsistencies", "indirect_references", "inherit", "json", "logger", "misc", "models", "modules",
    "orm", "pg", "records", "report", "snippets", "specific", "spreadsheet",
)  # fmt: skip


def __getattr__(name):
    if name == "__all__":
        return sorted(_PLACES)
    place = _PLACES.get(name)
    if place is not None:
        value = getattr(__import__("%s.%s" % (__name__, place), fromlist=["*"]), name)
    elif name in _SUBMODULES:
        return __import__("%s.%s" % (__name__, name), fromlist=["*"])
    else:
        value = host_function("odoo.upgrade.util", name)
    globals()[name] = value
    return value
