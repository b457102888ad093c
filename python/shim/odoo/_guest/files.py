"""Files of addons, found below the source folders."""

import io
import os

from odoo._guest.settings import addon_folder, addons_paths


def _candidates(path):
    module, _, rest = path.replace("\\", "/").partition("/")
    if module == "addons":
        module, _, rest = rest.partition("/")
    for root in addons_paths():
        yield root, os.path.join(root, module, rest)
    folder = addon_folder(module)
    if folder is not None:
        yield folder, os.path.join(folder, rest)


def module_folder(name):
    """The folder of the addon, or None."""
    for _root, path in _candidates(name):
        path = path.rstrip("/")
        if os.path.isdir(path):
            return path
    return None


def file_path(file_path, filter_ext=("",), env=None):  # noqa: A002
    """
    The absolute path of `<module>/<file>`, searched in the source folders.

    Raises FileNotFoundError when there is none, ValueError for an extension not in `filter_ext`.
    """
    wanted = os.path.normpath(os.path.normcase(file_path))
    if filter_ext and not wanted.lower().endswith(tuple(filter_ext)):
        raise ValueError("Unsupported file: %s" % file_path)
    if os.path.isabs(wanted):
        roots = addons_paths()
        inside = any(wanted.startswith(os.path.normpath(root) + os.sep) for root in roots)
        if inside and os.path.exists(wanted):
            return wanted
        raise FileNotFoundError("File not found: %s" % file_path)
    for root, path in _candidates(wanted):
        path = os.path.normpath(path)
        if path.startswith(os.path.normpath(root)) and os.path.exists(path):
            return path
    raise FileNotFoundError("File not found: %s" % file_path)


def file_open(name, mode="r", subdir="addons", pathinfo=False, filter_ext=None, env=None):
    """Opens `<module>/<file>` for reading; text is UTF-8."""
    if any(letter in mode for letter in "wax+"):
        raise io.UnsupportedOperation("source folders are read-only")
    path = file_path(name, filter_ext or ("",))
    stream = open(path, mode) if "b" in mode else open(path, mode, encoding="utf-8")
    return (stream, path) if pathinfo else stream
