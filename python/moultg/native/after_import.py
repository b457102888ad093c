"""Mends modules right after they are imported, whoever imports them."""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder


class AfterImport(MetaPathFinder):
    """
    Calls a function with each module that it is for, before anybody sees it.

    ``hooks`` maps names of modules to functions; a name that ends with ``.*`` stands for all modules of a
    package. Functions take the module, and change it.
    """

    def __init__(self, hooks):
        self._hooks = hooks

    def find_spec(self, fullname, path=None, target=None):
        hook = self._hooks.get(fullname) or self._hooks.get(fullname.rpartition(".")[0] + ".*")
        if hook is None:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _HookedLoader(spec.loader, hook)
        return spec


class _HookedLoader(Loader):
    def __init__(self, loader, hook):
        self._loader = loader
        self._hook = hook

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._hook(module)

    def __getattr__(self, name):
        # Resources, sources and the like are the loader's own.
        return getattr(self._loader, name)


def install(hooks):
    """Has the hooks called for what is imported from now on."""
    sys.meta_path.insert(0, AfterImport(hooks))
