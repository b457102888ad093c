"""What moult's own ``openupgradelib`` and ``odoo.upgrade.util`` stand on, with the real ``odoo``."""

import importlib
import os
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec

_OWN = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_SHIM = os.path.join(_OWN, "shim", "odoo", "_guest")
_FACADE = os.path.join(_OWN, "facade")

_UTIL = "odoo_upgrade.util"
#: Names that Odoo's own package of upgrades gives to ``util``.
_NAMES = ("odoo.upgrade.util", "odoo.addons.base.maintenance.migrations.util")


def install():
    """Gives ``odoo._guest`` its place; imported when the facade is, and not by a library of the user's."""
    spec = ModuleSpec("odoo._guest", None, is_package=True)
    spec.submodule_search_locations = [_SHIM]
    sys.modules["odoo._guest"] = module_from_spec(spec)
    from . import host, pending

    sys.modules["odoo._guest.pending"] = pending
    sys.modules["odoo._guest.host"] = host
    # Last: a library of the user's is found before.
    sys.meta_path.append(_UtilFinder())


def go_last():
    """Has libraries that are installed found before moult's own."""
    if _FACADE in sys.path:
        sys.path.remove(_FACADE)
        sys.path.append(_FACADE)
    for name in list(sys.modules):
        # A picture of memory may hold what could not be imported without Odoo.
        if name.partition(".")[0] in ("openupgradelib", "odoo_upgrade"):
            del sys.modules[name]


class _UtilFinder(MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        for name in _NAMES:
            if fullname == name or fullname.startswith(name + "."):
                return ModuleSpec(fullname, _UtilLoader(_UTIL + fullname[len(name) :]), is_package=True)
        return None


class _UtilLoader(Loader):
    """Gives out the module of another name."""

    def __init__(self, real):
        self._real = real
        self._spec = None

    def create_module(self, spec):
        module = importlib.import_module(self._real)
        self._spec = module.__spec__
        return module

    def exec_module(self, module):
        # The import has put the other name's in its place.
        module.__spec__ = self._spec
