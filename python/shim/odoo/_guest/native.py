"""Functions that can be imported, because addons import them at their top, but not called here."""

import moultg


def native_functions(module, namespace, names):
    """Puts functions into a module that start the script again with the release's own ORM."""
    for name in names:
        namespace[name] = _native_function(module, name)


def _native_function(module, name):
    def function(*args, **kwargs):
        raise moultg.NeedsNativeOrm(module, name)

    function.__name__ = function.__qualname__ = name
    function.__module__ = module
    function.__doc__ = "Only the release's own source has it."
    return function
