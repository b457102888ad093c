"""Where the modules of the package ``lxml`` are looked for."""

import importlib
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES


class PackagePath(list):
    """The package's ``__path__``: folders ``lxml`` of ``sys.path`` as it is now, our own last."""

    def __init__(self, own):
        super().__init__([own])
        self._own = own

    def __iter__(self):
        for folder in other_folders(self._own):
            yield folder
        yield self._own


def other_folders(own):
    """Folders ``lxml`` on ``sys.path`` that are not ``own``."""
    real = os.path.realpath(own)
    for entry in list(sys.path):
        if not isinstance(entry, str):
            continue
        folder = os.path.join(entry or os.getcwd(), "lxml")
        if os.path.isdir(folder) and os.path.realpath(folder) != real:
            yield folder


def hand_over(own, namespace):
    """Lets a compiled lxml take the package's place; answers whether one did."""
    for folder in other_folders(own):
        if not _has_extension(folder):
            continue
        namespace["__path__"] = [folder]
        try:
            importlib.import_module("lxml.etree")
        except ImportError:
            sys.modules.pop("lxml.etree", None)
            continue
        _become(folder, namespace)
        return True
    namespace["__path__"] = [own]
    return False


def _has_extension(folder):
    return any(os.path.isfile(os.path.join(folder, "etree" + end)) for end in EXTENSION_SUFFIXES)


def _become(folder, namespace):
    init = os.path.join(folder, "__init__.py")
    spec = namespace.get("__spec__")
    if spec is not None:
        spec.submodule_search_locations = namespace["__path__"]
    if not os.path.isfile(init):
        return
    namespace["__file__"] = init
    with open(init, "rb") as stream:
        source = stream.read()
    exec(compile(source, init, "exec", dont_inherit=True), namespace)
