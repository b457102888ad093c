"""The main module of the library."""

import os as _os

import odoo as core
from odoo import SUPERUSER_ID, api, exceptions, release, tools  # noqa: F401
from odoo.exceptions import UserError, ValidationError  # noqa: F401
from odoo.fields import Many2many, One2many  # noqa: F401
from odoo.modules import migration as _migration
from odoo.modules import registry  # noqa: F401
from odoo.tools.mail import plaintext2html  # noqa: F401
from psycopg2 import IntegrityError, ProgrammingError, errorcodes, sql  # noqa: F401
from psycopg2.extensions import AsIs  # noqa: F401

from . import openupgrade_tools  # noqa: F401
from ._calls import logging, migrate  # noqa: F401
from odoo._guest.forwarding import call_helper, forwarding
from ._queries import allow_pgcodes, logged_query, savepoint  # noqa: F401
from ._reports import do_raise, logger, message  # noqa: F401
from ._walks import chunked, safe_unlink, update_field_multilang  # noqa: F401
from .openupgrade_tools import column_exists, table_exists  # noqa: F401

version_info = release.version_info
WarningError = UserError

target_version = _os.environ.get("OPENUPGRADE_TARGET_VERSION")
if target_version:
    is_target_version = version_info[0] == int(float(target_version))

# Odoo itself looks at the names of parameters from 18 on.
_parameters = getattr(_migration, "VALID_MIGRATE_PARAMS", None)
if _parameters is not None and ("env", "version") not in _parameters:
    _parameters.append(("env", "version"))


def get_legacy_name(original_name):
    """The name under which a table or column is kept, such as `openupgrade_legacy_16_0_state`."""
    return "openupgrade_legacy_%s_%s" % ("_".join(map(str, version_info[:2])), original_name)


def rename_tables(cr, table_spec):
    """Renames tables with their sequences, indexes and constraints; adds the sequences to `table_spec`."""
    renamed = call_helper("rename_tables", (cr, table_spec), {})
    if renamed:
        table_spec.extend(renamed)


__getattr__ = forwarding(__name__, globals())
