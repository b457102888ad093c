"""What newer releases of packages took away, put back under its old name; older Odoo releases import it."""

import importlib
import sys
import types
from importlib.machinery import ModuleSpec

from . import after_import
from .stubs import MARK

#: Names that are gone, by the module that Odoo takes them from, and where the same is found today.
_MOVED = {
    # Odoo 14 is of Werkzeug 0.16; these names left with 2.1.
    "werkzeug.wrappers": {"BaseRequest": "Request", "BaseResponse": "Response"},
    "werkzeug.utils": {"escape": "markupsafe.escape", "unescape": "html.unescape"},
    # Werkzeug 2.2 made a package of the module, and did not hand out all of it.
    "werkzeug.routing": {"NumberConverter": "werkzeug.routing.converters.NumberConverter"},
    # Jinja2 left the names to MarkupSafe with 3.1.
    "jinja2": {"Markup": "markupsafe.Markup", "escape": "markupsafe.escape"},
}

#: Modules that are gone as a whole, and where what Odoo takes from them is found today.
_GONE = {
    # Werkzeug 2.1: sessions of a server were renamed by it.
    "werkzeug.posixemulation": {"rename": "os.replace"},
    # PyPDF2 2.0.
    "PyPDF2.utils": {
        name: "PyPDF2.errors." + name for name in ("PdfReadError", "PdfStreamError", "PyPdfError")
    },
}


def install():
    """Has old names found in the packages that have lost them."""
    hooks = {name: _moving(names) for name, names in _MOVED.items()}
    # Odoo 18 and newer correct packages while they are imported: a missing one has nothing to correct.
    hooks["odoo._monkeypatches.*"] = leave_stubs_alone
    after_import.install(hooks)
    sys.meta_path.append(_GoneFinder())


def _moving(names):
    def put_back(module):
        for name, place in names.items():
            if not hasattr(module, name):
                setattr(module, name, _find(module, place))

    return put_back


def _find(module, place):
    folder, _, name = place.rpartition(".")
    return getattr(importlib.import_module(folder) if folder else module, name)


class _GoneFinder:
    """Finds modules that are gone, behind all other finders: where a package has them, its own are taken."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in _GONE:
            return None
        return ModuleSpec(fullname, self)

    def create_module(self, spec):
        return types.ModuleType(spec.name)

    def exec_module(self, module):
        _moving(_GONE[module.__name__])(module)


def leave_stubs_alone(module):
    """Takes the effect from a module of corrections whose package is a stand-in."""
    package = module.__name__.rpartition(".")[2]
    name = "patch_" + package
    if hasattr(module, name) and hasattr(sys.modules.get(package), MARK):
        setattr(module, name, lambda: None)
