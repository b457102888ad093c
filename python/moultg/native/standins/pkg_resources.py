"""What Odoo uses of setuptools' module, over the standard library: which packages are installed."""

from importlib import metadata


class DistributionNotFound(Exception):
    """There is no such package."""


class VersionConflict(Exception):
    """There is another version of it."""


class Distribution:
    """An installed package."""

    def __init__(self, name, version):
        self.project_name = name
        self.key = name.lower()
        self.version = version


def get_distribution(name):
    """The package ``name``; what follows the name, such as a version, is not looked at."""
    plain = name.strip()
    for mark in "<>=!~;[ ":
        plain = plain.partition(mark)[0]
    try:
        return Distribution(plain, metadata.version(plain))
    except metadata.PackageNotFoundError:
        raise DistributionNotFound(name) from None


def require(name):
    """The same in a list."""
    return [get_distribution(name)]


def declare_namespace(name):
    """Does nothing: namespace packages need no declaration."""


def iter_entry_points(group, name=None):
    """No package adds to another one here."""
    return iter(())
