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


class ObjectifyElementClassLookup:
    """Odoo makes one when it is imported, whether or not anything is ever read with it."""

    def __init__(self, tree_class=None, empty_data_class=None):
        pass

    def lookup(self, *args, **kwargs):
        """Called for the first node that is read with it."""
        raise StubUsed("objectify.ObjectifyElementClassLookup")


def set_default_parser(new_parser=None):
    """Does nothing: the functions that would use the parser are not here."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Unsupported("objectify." + name)
