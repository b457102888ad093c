"""What the host said about the run, as this package needs it."""

import moultg


def series():
    """The target release, such as `16.0`."""
    release = moultg.settings.release
    if not release:
        raise RuntimeError("the target release is not known yet: the host sets moultg.settings.release first")
    return release


def addons_paths():
    """Folders with addons, in search order."""
    return list(moultg.settings.addons_paths)


def addon_folder(name):
    """The folder of an addon that lies outside of the addons paths, or None."""
    return moultg.settings.addons.get(name)
