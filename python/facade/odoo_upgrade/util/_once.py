"""Running code in one step of an upgrade over several releases."""

import functools
import os
import sys

from odoo._guest.version import parse_version
from odoo.release import series as _series

from odoo_upgrade.util.const import ENVIRON
from odoo_upgrade.util.exceptions import SleepyDeveloperError


class once:  # noqa: N801
    """
    True in the first step of the upgrade whose release lies between `lower` and `upper` (None: no
    bound), and only the first time that the place in the code asks. As a decorator it skips the
    function otherwise. The whole upgrade's releases come from ODOO_UPG_DB_SOURCE_VERSION and
    ODOO_UPG_DB_TARGET_VERSION; without them the present release alone counts.
    """

    def __init__(self, lower, upper, logger=None):
        frame = sys._getframe(1)
        self._key = "%s:%s" % (os.path.realpath(frame.f_code.co_filename), frame.f_lineno)
        self._logger = logger
        source = os.environ.get("ODOO_UPG_DB_SOURCE_VERSION")
        target = os.environ.get("ODOO_UPG_DB_TARGET_VERSION")
        if source and target and source != target:
            self.check = _is_first_step(lower, upper, source, target)
        else:
            self.check = _is_inside(lower, upper)

    def __bool__(self):
        ran = ENVIRON["__once_ran"]
        runs = self.check and self._key not in ran
        if runs:
            ran.add(self._key)
        if self._logger:
            self._logger.info("%s key, %s once in version %s", self._key, "run" if runs else "skip", _series)
        return runs

    def __call__(self, func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            return func(*args, **kwargs) if self else None

        return wrapper


def _is_inside(lower, upper):
    if lower is None and upper is None:
        raise AssertionError("consider a 0.0.0 script instead")
    now = parse_version(_series)
    after = lower is None or now >= parse_version(lower)
    before = upper is None or now <= parse_version(upper) or now[:2] == parse_version(upper)[:2]
    return after and before


def _is_first_step(lower, upper, source, target):
    if lower is not None and upper is not None and parse_version(lower) > parse_version(upper):
        raise SleepyDeveloperError("invalid interval: lower=%r > upper=%r" % (lower, upper))
    first, last = parse_version(lower or source), parse_version(upper or target)
    steps = ["%d.0" % major for major in range(_major(source) + 1, _major(target) + 1)]
    if target not in steps:
        steps.append(target)
    inside = [step for step in steps if first <= parse_version(step) <= last]
    return bool(inside) and parse_version(inside[0])[:2] == parse_version(_series)[:2]


def _major(version):
    return int(version.replace("saas~", "").replace("saas-", "").split(".")[0])
