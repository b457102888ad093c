"""Other names of the same modules, and the refusal of modules that only the release's source has."""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

import moultg

from odoo._guest.missing import NativeSourceError

# A name and all names below it stand for another one.
_ALIASES = {
    "openerp": "odoo",
    "odoo.addons.base.maintenance.migrations": "odoo.upgrade",
    "odoo.upgrade.util": "odoo_upgrade.util",
}
_EMPTY_PACKAGES = ("odoo.addons.base.maintenance",)

# What Odoo itself requires: an addon that imports one of these needs Odoo.
_REQUIREMENTS = frozenset(
    (
        "OpenSSL", "PIL", "PyPDF2", "babel", "chardet", "cryptography", "dateutil", "decorator",
        "docutils", "gevent", "jinja2", "lxml", "num2words", "ofxparse", "passlib", "polib", "psutil",
        "pytz", "qrcode", "reportlab", "requests", "sass", "stdnum", "vobject", "werkzeug", "xlrd",
        "xlsxwriter", "xlwt", "zeep",
    )
)  # fmt: skip


def _real_name(name):
    for alias, real in _ALIASES.items():
        if name == alias or name.startswith(alias + "."):
            return _real_name(real + name[len(alias) :])
    return name


class AliasFinder(MetaPathFinder):
    """Imports a module under its real name and gives out that one object."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname in _EMPTY_PACKAGES:
            return ModuleSpec(fullname, _EmptyLoader(), is_package=True)
        real = _real_name(fullname)
        if real == fullname:
            return None
        return ModuleSpec(fullname, _AliasLoader(real), is_package=True)


class _EmptyLoader(Loader):
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__path__ = []


class _AliasLoader(Loader):
    def __init__(self, real):
        self._real = real
        self._spec = None

    def create_module(self, spec):
        module = __import__(self._real, fromlist=["*"])
        self._spec = module.__spec__
        return module

    def exec_module(self, module):
        # The import system has put the alias's spec there; the module's own name must stay.
        module.__spec__ = self._spec


class NativeOnlyFinder(MetaPathFinder):
    """Comes last: a module of `odoo` that nobody found is one of the release's own source."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname == "odoo.addons.base":
            return ModuleSpec(fullname, _EmptyLoader(), is_package=True)
        is_own_name = fullname.startswith("odoo.") and not fullname.startswith("odoo.addons.")
        if not is_own_name and fullname not in _REQUIREMENTS:
            return None
        addon = _importing_addon()
        if addon is not None:
            # The script wants an addon's own code: that runs with the release's source below it only.
            raise moultg.NeedsNativeOrm(addon, fullname)
        if is_own_name:
            raise NativeSourceError(fullname)
        return None


def _importing_addon():
    """The addon's module that is being imported and asks for another one, or None."""
    frame = sys._getframe(2)
    while frame is not None and "importlib" in frame.f_code.co_filename:
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "") if frame is not None else ""
    return name if name.startswith("odoo.addons.") else None


def install():
    """Puts the finders into place, and back before each script: they are taken out after one."""
    _insert()
    moultg.register_reset(_insert)


def _insert():
    if not any(isinstance(finder, AliasFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, AliasFinder())
        sys.meta_path.append(NativeOnlyFinder())
