"""Versions, iterating, texts, other scripts."""

import os
import re

from odoo._guest.text import str2bool  # noqa: F401
from odoo._guest.version import parse_version
from odoo.release import series as _series

from odoo_upgrade.util._names import forwarding
from odoo_upgrade.util._once import once  # noqa: F401
from odoo_upgrade.util._progress import chunks, log_chunks, log_progress  # noqa: F401
from odoo_upgrade.util._scripts import import_script  # noqa: F401
from odoo_upgrade.util._skipping import skippable_cm  # noqa: F401
from odoo_upgrade.util.exceptions import SleepyDeveloperError

_BRACES = re.compile(r"^([^{}]*)\{([^{},]*(?:,[^{},]*)+)\}([^{}]*)$", re.DOTALL)

__getattr__ = forwarding(__name__, globals())


class Sentinel:
    """A value that is only itself."""

    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


AUTO = AUTOMATIC = Sentinel("AUTO")


def version_gte(version):
    """Whether the target release is that one or a later one."""
    if "-" in version:
        raise SleepyDeveloperError("version cannot contains dash")
    return parse_version(_series) >= parse_version(version)


def version_between(a, b):
    """Whether the target release lies between the two, both included."""
    if "-" in a + b:
        raise SleepyDeveloperError("version cannot contains dash")
    return parse_version(a) <= parse_version(_series) <= parse_version(b)


def splitlines(s):
    """The lines that are neither empty nor a comment, stripped."""
    for line in s.splitlines():
        text = line.split("#", 1)[0].strip()
        if text:
            yield text


def expand_braces(s):
    """`a_{this,that}_b` as two texts; ValueError unless there is exactly one pair of braces."""
    if "{" not in s or "," not in s:
        raise ValueError("No expansion braces found")
    match = _BRACES.match(s)
    if match is None:
        raise ValueError("Extra braces detected" if s.count("{") > 1 else "No expansion braces found")
    head, choices, tail = match.groups()
    return [head + choice + tail for choice in choices.split(",")]


def split_osenv(name, default=""):
    """The words of an environment variable."""
    return re.findall(r"\w+", os.environ.get(name, default))


def on_CI():  # noqa: N802
    """Whether scripts run for a test of themselves only."""
    return bool(os.environ.get("CI") or os.environ.get("MATT") == "1")


def has_enterprise():
    """Whether the source folders hold the modules of Enterprise."""
    return _has_module("web_enterprise", "ODOO_HAS_ENTERPRISE")


def has_design_themes():
    """Whether the source folders hold the themes."""
    return _has_module("theme_yes", "ODOO_HAS_DESIGN_THEMES")


def _has_module(module, variable):
    from odoo.modules.module import get_module_path

    given = os.environ.get(variable)
    return str2bool(given) if given else bool(get_module_path(module))
