"""Answers for names of the release's own source that this package does not have."""

_ADVICE = "only the release's own source code has it; such a script needs the native ORM"


class NativeSourceError(ImportError):
    """An import that only the release's own source can satisfy. An ImportError, so that probes fall back."""

    def __init__(self, name):
        super().__init__("%s: %s" % (name, _ADVICE), name=name)


def missing_attribute(module, name):
    """Builds the AttributeError for `module.name`."""
    if name.startswith("__"):
        return AttributeError("module %r has no attribute %r" % (module, name))
    return AttributeError("%s.%s: %s" % (module, name, _ADVICE))


def lazy_names(module, namespace, table):
    """
    Builds a module `__getattr__` that imports a name when it is first used.

    `table` says which module (relative to nothing: its full name) has which names. What is in no
    module raises an AttributeError that says who has it.
    """
    places = {name: place for place, names in table.items() for name in names}

    def getter(name):
        place = places.get(name)
        if place is None:
            raise missing_attribute(module, name)
        value = getattr(import_module(place), name)
        namespace[name] = value
        return value

    return getter


def import_module(name):
    """`importlib.import_module` without the cost of importing importlib's helpers first."""
    return __import__(name, fromlist=["*"])
