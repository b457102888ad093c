"""A Pillow with a compiled core, further along ``sys.path``, takes this package's place."""

import importlib
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES


def hand_over(own, namespace):
    """Lets a Pillow whose core loads become the package; answers whether one did."""
    for folder in _other_folders(own):
        if not any(os.path.isfile(os.path.join(folder, "_imaging" + end)) for end in EXTENSION_SUFFIXES):
            continue
        namespace["__path__"] = [folder]
        try:
            importlib.import_module("PIL._imaging")
        except ImportError:
            sys.modules.pop("PIL._imaging", None)
            continue
        _become(folder, namespace)
        return True
    return False


def _other_folders(own):
    real = os.path.realpath(own)
    for entry in list(sys.path):
        if not isinstance(entry, str):
            continue
        folder = os.path.join(entry or os.getcwd(), "PIL")
        if os.path.isdir(folder) and os.path.realpath(folder) != real:
            yield folder


def _become(folder, namespace):
    init = os.path.join(folder, "__init__.py")
    spec = namespace.get("__spec__")
    if spec is not None:
        spec.submodule_search_locations = namespace["__path__"]
    sys.modules.pop("PIL._handover", None)
    namespace["__file__"] = init
    with open(init, "rb") as stream:
        source = stream.read()
    exec(compile(source, init, "exec", dont_inherit=True), namespace)
