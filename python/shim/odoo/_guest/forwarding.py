"""Functions that the host has: the facade hands arguments over and gives the answer back."""

import moultg
from odoo._guest.host import ask
from odoo._guest.pending import forget_values

# What does not change the database leaves cached values as they are.
_READING = frozenset(
    (
        "table_exists", "column_exists", "get_legacy_name", "get_model2table", "get_field2column_type",
        "get_many2one_references", "is_module_installed", "check_values_selection_field",
        "warn_possible_dataloss", "openupgrade_tools.table_exists", "openupgrade_tools.column_exists",
    )
)  # fmt: skip
_names = None


def host_names():
    """The helpers that the host knows; asked for once per script."""
    global _names
    if _names is None:
        _names = frozenset(moultg.call("helper.names"))
    return _names


def call_helper(name, args, kwargs, reading=_READING):
    """What the host's helper answers. Writes that are held back go first."""
    try:
        return ask("helper", name, list(args), kwargs)
    finally:
        if name not in reading:
            forget_values()


def build_forwarder(name, module, function_name):
    """A function that calls the host's helper `name`."""

    def forwarder(*args, **kwargs):
        return call_helper(name, args, kwargs)

    forwarder.__name__ = forwarder.__qualname__ = function_name
    forwarder.__module__ = module
    forwarder.__doc__ = "Calls the host's helper `%s`." % name
    return forwarder


def forwarding(module, namespace, prefix=""):
    """
    Builds a module's `__getattr__`: forwarders for what the host knows under `prefix`, an
    AttributeError for everything else, so that `hasattr` tells what there is.
    """

    def getter(function_name):
        if function_name == "__all__":
            own = [name for name, value in namespace.items() if not name.startswith("_") and callable(value)]
            return own + [name[len(prefix) :] for name in host_names() if _belongs(name, prefix)]
        if function_name.startswith("__"):
            raise AttributeError("module %r has no attribute %r" % (module, function_name))
        name = prefix + function_name
        if name not in host_names():
            raise AttributeError("%s has no function %r" % (module, function_name))
        value = namespace[function_name] = build_forwarder(name, module, function_name)
        return value

    return getter


def _belongs(name, prefix):
    return name.startswith(prefix) and "." not in name[len(prefix) :]


def _forget_names():
    global _names
    _names = None


moultg.register_reset(_forget_names)
