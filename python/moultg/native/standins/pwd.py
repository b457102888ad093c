"""Users for an interpreter that knows none."""


def getpwuid(uid):
    """Nobody is known."""
    raise KeyError("getpwuid(): uid not found: %s" % uid)


def getpwnam(name):
    """Nobody is known."""
    raise KeyError("getpwnam(): name not found: %r" % name)


def getpwall():
    """Nobody."""
    return []
