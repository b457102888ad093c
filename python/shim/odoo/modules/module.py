"""Modules and their files in the source folders."""

import ast
import os

from odoo._guest.files import module_folder
from odoo._guest.missing import missing_attribute
from odoo._guest.settings import addons_paths

__path__ = []  # lets "from odoo.modules.module import x" say who has x

MANIFEST_NAMES = ("__manifest__.py", "__openerp__.py")
README = ["README.rst", "README.md", "README.txt"]


def __getattr__(name):
    raise missing_attribute(__name__, name)


def get_module_path(module, downloaded=False, display_warning=True):
    """The module's folder, or False."""
    return module_folder(module) or False


def get_resource_path(module, *args):
    """The path of a module's file, or False when there is none."""
    folder = module_folder(module)
    if folder is None:
        return False
    path = os.path.join(folder, *args)
    inside = os.path.normpath(path).startswith(os.path.normpath(folder))
    return path if inside and os.path.exists(path) else False


get_module_resource = get_resource_path


def get_modules():
    """Names of all modules in the source folders."""
    names = set()
    for root in addons_paths():
        if os.path.isdir(root):
            names.update(name for name in os.listdir(root) if _manifest_path(os.path.join(root, name)))
    return sorted(names)


def get_manifest(module, mod_path=None):
    """The module's manifest as a dict; empty when there is none."""
    path = _manifest_path(mod_path or module_folder(module) or "")
    if path is None:
        return {}
    with open(path, encoding="utf-8") as stream:
        manifest = {"version": "1.0", "depends": [], "data": [], "installable": True, "auto_install": False}
        manifest.update(ast.literal_eval(stream.read()))
        return manifest


load_information_from_description_file = load_manifest = get_manifest


def _manifest_path(folder):
    for name in MANIFEST_NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    return None
