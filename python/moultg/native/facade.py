"""What moult's own ``openupgradelib`` stands on, in an interpreter with the real ``odoo``."""

import os
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec

_SHIM = os.path.join(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "shim", "odoo", "_guest"
)


def install():
    """Gives ``odoo._guest`` its place; imported when the facade is, and not by a library of the user's."""
    spec = ModuleSpec("odoo._guest", None, is_package=True)
    spec.submodule_search_locations = [_SHIM]
    sys.modules["odoo._guest"] = module_from_spec(spec)
    from . import host, pending

    sys.modules["odoo._guest.pending"] = pending
    sys.modules["odoo._guest.host"] = host
