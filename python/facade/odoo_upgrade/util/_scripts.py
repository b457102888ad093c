"""Importing from other upgrade scripts."""

import importlib.util
import os

from odoo._guest.settings import addons_paths
from odoo._guest.settings import addon_folder


def _places(path):
    if os.path.isabs(path):
        yield path
        return
    module, _, rest = path.replace("\\", "/").partition("/")
    for folder in addons_paths():
        yield os.path.join(folder, path)
        yield os.path.join(folder, module, "migrations", rest)
        yield os.path.join(folder, module, "upgrades", rest)
    outside = addon_folder(module)
    if outside is not None:
        for between in ("", "migrations", "upgrades"):
            yield os.path.join(outside, between, rest)


def import_script(path, name=None):
    """
    Imports `<module>/<version>/<script>.py` of the upgrade path or of an addon and returns the module.

    Raises ImportError with the path when there is no such file.
    """
    found = next((place for place in _places(path) if os.path.isfile(place)), None)
    if found is None:
        raise ImportError(path)
    if name is None:
        parts = os.path.splitext(os.path.normpath(path))[0].split(os.sep)
        name = ".".join(["odoo.upgrade"] + parts[-3:])
    spec = importlib.util.spec_from_file_location(name, found)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
