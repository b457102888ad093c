"""The release that the database is being upgraded to."""

from odoo._guest.settings import series as _series

ALPHA, BETA, RELEASE_CANDIDATE, FINAL = "alpha", "beta", "candidate", "final"
RELEASE_LEVELS = [ALPHA, BETA, RELEASE_CANDIDATE, FINAL]
RELEASE_LEVELS_DISPLAY = {ALPHA: ALPHA, BETA: BETA, RELEASE_CANDIDATE: "rc", FINAL: ""}

_name = _series()
version_info = tuple(int(part) for part in _name.split(".")) + (0, FINAL, 0, "")
version = _name
series = serie = major_version = _name

product_name = "Odoo"
description = "Odoo Server"
