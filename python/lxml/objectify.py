"""``lxml.objectify``: can be imported, as modules do for names they use rarely; use raises StubUsed."""

from ._unsupported import StubUsed


class _Unsupported:
    def __init__(self, name):
        self._name = name

    def __call__(self, *args, **kwargs):
        raise StubUsed(self._name)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise StubUsed("%s.%s" % (self._name, name))


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Unsupported("objectify." + name)
