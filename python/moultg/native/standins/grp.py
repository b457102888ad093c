"""Groups for an interpreter that knows none."""


def getgrgid(gid):
    """None is known."""
    raise KeyError("getgrgid(): gid not found: %s" % gid)


def getgrnam(name):
    """None is known."""
    raise KeyError("getgrnam(): name not found: %r" % name)


def getgrall():
    """None."""
    return []
