"""Loggers of scripts."""

import logging
import os
import sys

_logger = logging.getLogger("odoo.upgrade")


def getLogger(name=None):  # noqa: N802
    """A logger below `odoo.upgrade`, by default named after the calling script's module, version and file."""
    if name is None:
        path = os.path.splitext(sys._getframe(1).f_code.co_filename)[0]
        name = ".".join(path.replace("\\", "/").split("/")[-3:])
    return _logger.getChild(name)
