"""Loading data files: the host does it."""

from odoo._guest.host import ask

from odoo._guest.missing import missing_attribute

__path__ = []  # lets "from odoo.tools.convert import x" say who has x


def __getattr__(name):
    raise missing_attribute(__name__, name)


def convert_file(cr_or_env, module, filename, idref=None, mode="update", noupdate=False, kind=None, pathname=None):
    """Loads a data file of a module, as its update would."""
    if noupdate or pathname not in (None, filename):
        raise missing_attribute(__name__, "convert_file(noupdate=..., pathname=...)")
    ask("helper", "load_data", [cr_or_env, module, filename, idref or {}, mode], {})
