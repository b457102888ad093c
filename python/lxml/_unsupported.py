"""What this ``lxml`` does not do: names that can be imported, and that fail when they are used."""


class StubUsed(NotImplementedError):
    """Something of lxml was used that only the compiled one has."""

    def __init__(self, name):
        super().__init__(
            "lxml.%s needs the compiled lxml; run the script with a Python that has it (--python)" % name
        )
        self.name = name


def unsupported_class(name, *bases):
    """A class that can be named and inherited from, but not made."""

    def __init__(self, *args, **kwargs):
        raise StubUsed("etree." + name)

    namespace = {"__init__": __init__, "__doc__": "Not supported: making one raises StubUsed."}
    return type(name, bases or (object,), namespace)


def unsupported_function(name):
    """A function that raises StubUsed."""

    def function(*args, **kwargs):
        raise StubUsed("etree." + name)

    function.__name__ = name
    function.__doc__ = "Not supported: calling it raises StubUsed."
    return function
