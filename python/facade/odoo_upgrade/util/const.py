"""What scripts of one run share, and a few numbers."""

import os

#: Filled by scripts; lives as long as the interpreter.
ENVIRON = {
    "__renamed_fields": {},
    "__modules_auto_discovery_force_installs": {},
    "__modules_auto_discovery_force_upgrades": {},
    "__modules_to_skip_autoinstall": set(),
    "__fix_fk_allowed_cascade": [],
    "__no_model_data_delete": {},
    "__once_ran": set(),
    "_gone_m2m": {},
}

#: A log level between info and warning.
NEARLYWARN = 25

#: Rows from which a table counts as large.
BIG_TABLE_THRESHOLD = int(os.environ.get("ODOO_UPG_BIG_TABLE_THRESHOLD") or 40000)
