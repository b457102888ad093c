"""What this ``PIL`` does not do: names that can be imported, and that fail when they are used."""


class StubUsed(NotImplementedError):
    """Something of Pillow was used that neither this package nor the host can do."""

    def __init__(self, name, reason=None):
        what = reason or "needs the compiled Pillow; run it with a Python that has it (--python)"
        super().__init__("PIL.%s %s" % (name, what))
        self.name = name


def unsupported(name):
    """A function that raises StubUsed."""

    def function(*args, **kwargs):
        raise StubUsed(name)

    function.__name__ = function.__qualname__ = name.rpartition(".")[2]
    function.__doc__ = "Not supported: calling it raises StubUsed."
    return function


def module_getattr(module):
    """A module's ``__getattr__``: every name is there, and raises StubUsed when it is called."""

    def lookup(name):
        if name.startswith("_"):
            raise AttributeError("module %r has no attribute %r" % (module, name))
        return unsupported("%s.%s" % (module.rpartition(".")[2], name))

    return lookup
