"""The decorators: of `migrate`, and of functions whose calls are to be logged."""

import contextlib
import functools
import sys

from odoo import SUPERUSER_ID, api
from odoo.release import version_info

from ._queries import savepoint
from ._reports import logger

_counts = {}


def migrate(no_version=False, use_env=None, uid=None, context=None):
    """
    Makes a function the `migrate` of a script: in a savepoint, with an environment unless `use_env`
    says otherwise, logged. Without a version (the module is being installed) nothing runs unless
    `no_version`.
    """
    with_environment = True if use_env is None else use_env

    def decorate(function):
        @functools.wraps(function)
        def wrapped_function(cr, version):
            with contextlib.ExitStack() as stack:
                stack.enter_context(savepoint(cr))
                if with_environment and version_info[0] <= 14:
                    stack.enter_context(api.Environment.manage())
                module, stage, file = _caller(sys._getframe(1))
                if not version and not no_version:
                    return
                logger.info("%s: %s-migration script called with version %s", module, stage, version)
                first = api.Environment(cr, uid or SUPERUSER_ID, context or {}) if with_environment else cr
                try:
                    function(first, version)
                except Exception as error:
                    logger.error("%s: error in migration script %s: %s", module, file, error)
                    logger.exception(error)
                    raise

        return wrapped_function

    return decorate


def _caller(frame):
    # The loader that calls `migrate` has these names; a caller that lacks them is only a poorer log line.
    names = frame.f_locals
    try:
        package = names.get("pkg")
        module = package.name if package else names["addon"]
        return module, names["stage"], names.get("pyfile") or names["fp"].name
    except Exception as error:
        logger.error("'migrate' decorator: failed to inspect the frame above: %s", error)
        return "unknown", "unknown", "unknown"


def logging(args_details=False, step=False):
    """Logs each call of a function, or with `step` the first and every step-th, perhaps with its arguments."""

    def decorate(function):
        name = "%s.%s" % (function.__module__, function.__name__)

        @functools.wraps(function)
        def wrapped_function(*args, **kwargs):
            parts = ["Executing method %s" % function.__name__]
            wanted = True
            if step:
                count = _counts[name] = _counts.get(name, 0) + 1
                wanted = count == 1 or count % step == 0
                parts.append("Calls quantity : %d" % count)
                if count == 1:
                    parts.append("Logging Step : %d" % step)
            if args_details and args:
                parts.append("args : %s" % (args,))
            if args_details and kwargs:
                parts.append("kwargs : %s" % kwargs)
            if wanted:
                logger.info(" ; ".join(parts))
            return function(*args, **kwargs)

        return wrapped_function

    return decorate
