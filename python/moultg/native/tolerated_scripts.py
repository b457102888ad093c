"""Scripts that may fail: what they did is undone, the host is told, and Odoo's loader goes on."""

import functools
from types import ModuleType, SimpleNamespace

from .. import call
from ..outcome import failed
from . import cursors


def tolerated_load(original, path, name):
    """Loads a script's file; one that fails becomes a script that does nothing."""
    try:
        return original(path, name)
    except Exception as error:
        _tell(error, path)
        empty = ModuleType(name)
        empty.migrate = _do_nothing
        return empty


def tolerated_migrate(migrate, path, module, phase):
    """The script's function, with a savepoint around it; it keeps its signature, which Odoo may check."""
    if not callable(migrate) or migrate is _do_nothing:
        return migrate

    @functools.wraps(migrate)
    def tolerated(cr, version):
        # openupgradelib reads these names in the frame above.
        stage, pkg, pyfile = phase, SimpleNamespace(name=module), path  # noqa: F841
        try:
            with cr.savepoint():
                return migrate(cr, version)
        except Exception as error:
            cursors.forget_values(cr)
            _tell(error, path)

    return tolerated


def _do_nothing(cr, version):
    """In the place of what could not be loaded."""


def _tell(error, path):
    outcome = failed(error, path)
    call("loader.script_failed", {key: outcome.get(key) for key in ("type", "message", "file", "line")})
