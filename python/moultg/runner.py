"""Runs one script: load, check, call ``migrate``, send what is held back."""

import logging
import os
from contextlib import nullcontext

from . import hooks, log
from .errors import NeedsNativeOrm
from .importer import prepare_script
from .isolation import Isolation
from .outcome import failed, invalid, needs_native, passed
from .settings import settings
from .signature import signature_problem

_logger = logging.getLogger("odoo.modules.migration")


class _Package:
    """What Odoo's loader has in ``pkg``: scripts' helpers read its name from the frame above them."""

    def __init__(self, name):
        self.name = name


def run(
    path,
    module,
    stage,
    directory,
    version,
    folders=(None, None, None),
    open_cursor=None,
    border=nullcontext,
):
    """
    Runs the script ``path`` of a module and returns its outcome, a dict for the host.

    ``stage`` is pre, post or end, ``version`` the installed version as stored, ``directory`` the
    version folder's name, ``folders`` where relative imports look (see ``importer.prepare_script``).
    ``open_cursor()`` makes what ``migrate`` is given as cursor, and ``border()`` is entered around the call:
    the release's own ORM has both.
    """
    NeedsNativeOrm.last = None
    before = Isolation()
    log.begin()
    try:
        hooks.reset()
        outcome = _run(path, module, stage, version, folders, open_cursor or _open_cursor, border)
    except BaseException as error:
        outcome = failed(error, path)
    finally:
        log.end()
        before.restore()
    return needs_native(NeedsNativeOrm.last) if NeedsNativeOrm.last is not None else outcome


def _run(path, module, stage, version, folders, open_cursor, border):
    stem = os.path.splitext(os.path.basename(path))[0]
    release = int(settings.release.split(".")[0])
    tolerant = settings.tolerant and release < 18
    script, source, code = prepare_script(path, stem, folders)
    try:
        exec(code, script.__dict__)
    except AttributeError:
        # Odoo up to 17 takes it for the missing `migrate`.
        if not tolerant:
            raise
        return _passed_over(stage)
    if "migrate" not in script.__dict__:
        if tolerant:
            return _passed_over(stage)
        return invalid("The script has no function `migrate`", path)
    migrate = script.__dict__["migrate"]
    problem = None if tolerant else signature_problem(migrate, release, b"openupgradelib" in source)
    if problem is not None:
        return invalid(problem, path)
    with border():
        _call(migrate, open_cursor(), version, stage, _Package(module), path)
        hooks.flush()
    return passed()


def _call(migrate, cr, version, stage, pkg, pyfile):
    # openupgradelib's decorator reads these locals of the frame above `migrate` for its log lines.
    addon, fp = pkg.name, None  # noqa: F841
    migrate(cr, version)
    if hasattr(cr, "flush"):
        cr.flush()


def _passed_over(stage):
    _logger.error('Each %s-migration file must have a "migrate(cr, installed_version)" function', stage)
    return passed()


def _open_cursor():
    from odoo.sql_db import open_cursor

    return open_cursor()
