"""
The `odoo` package for migration scripts: the names that scripts import, over a host that owns the
database. What only the release's own source can do says so when it is used.
"""

from odoo._guest import importing as _importing
from odoo._guest.missing import missing_attribute as _missing_attribute
from odoo.release import version_info as _version_info

_importing.install()

SUPERUSER_ID = 1
evented = False

_SUBMODULES = (
    "addons", "api", "exceptions", "fields", "models", "modules", "osv", "release", "sql_db", "tools",
    "upgrade",
)  # fmt: skip


def registry(database_name=None):
    """The registry of the database that is being upgraded."""
    import moultg
    from odoo._records.registry import Registry

    return Registry(database_name or moultg.call("dbname"))


def __getattr__(name):
    if name in _SUBMODULES:
        return __import__("odoo." + name, fromlist=["*"])
    if name in ("_", "_lt"):
        from odoo.tools import translate

        return getattr(translate, name)
    if name == "Command" and _version_info[0] >= 15:
        from odoo.fields import Command

        return Command
    raise _missing_attribute("odoo", name)
