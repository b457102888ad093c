"""``odoo.addons.<module>`` for T1 and T2: addons as packages that do not run their ``__init__``."""

import importlib.util
import os
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

from .settings import settings

_PARENTS = ("odoo.addons.", "openerp.addons.")


class AddonFinder(MetaPathFinder):
    """
    Finds addons in the source folders.

    A script wants ``odoo.addons.account.hooks`` or ``…openupgrade_scripts.apriori``; the addon's own
    ``__init__`` would import models that only Odoo itself can load. It runs when a name is asked of
    the package that is no submodule.
    """

    def find_spec(self, fullname, path=None, target=None):
        if not fullname.startswith(_PARENTS):
            return None
        name = fullname.split(".", 2)[2]
        if "." in name:
            return None
        folder = addon_folder(name)
        if folder is None:
            return None
        init = os.path.join(folder, "__init__.py")
        spec = ModuleSpec(fullname, _AddonLoader(), origin=init, is_package=True)
        spec.submodule_search_locations = [folder]
        spec.has_location = True
        return spec


def addon_folder(name):
    """The folder of an addon: the first in search order; None when there is none."""
    for root in settings.addons_paths:
        folder = os.path.join(root, name)
        if os.path.isdir(folder):
            return folder
    return settings.addons.get(name)


class _AddonLoader(Loader):
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        state = {"ran": not os.path.isfile(module.__spec__.origin)}

        def lookup(name):
            if state["ran"] or (name.startswith("__") and name.endswith("__")):
                raise AttributeError("module %r has no attribute %r" % (module.__name__, name))
            state["ran"] = True
            _run_init(module)
            return getattr(module, name)

        module.__getattr__ = lookup


def _run_init(module):
    path = module.__spec__.origin
    with open(path, "rb") as stream:
        source = stream.read()
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)


def install():
    """Puts the finder before those of Python."""
    if not any(isinstance(finder, AddonFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, AddonFinder())


def prepare_script(path, stem, folders):
    """
    The module ``stem`` for a script's file, its source and its code, which has not run yet.

    The module is not in ``sys.modules``.

    Odoo gives a script no package. So that relative imports work all the same, it is put into one whose
    levels are ``folders``: those of the version, of all versions, of the addon.
    """
    package = _packages(folders)
    spec = importlib.util.spec_from_file_location(package + "." + stem, path)
    module = importlib.util.module_from_spec(spec)
    module.__name__ = stem
    module.__package__ = package
    with open(path, "rb") as stream:
        source = stream.read()
    code = compile(source, path, "exec", dont_inherit=True)
    return module, source, code


def _packages(folders):
    names = ("moult_script", "moult_script.versions", "moult_script.versions.version")
    version, versions, addon = folders
    # A module beside the addon's manifest is found from each level: authors miscount the dots.
    searched = ([addon], [versions, addon], [version, addon])
    for name, locations in zip(names, searched):
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [folder for folder in locations if folder]
        sys.modules[name] = importlib.util.module_from_spec(spec)
    return names[-1]
