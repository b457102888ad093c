"""Where modules are and which models there are."""

from odoo.modules import module, registry  # noqa: F401
from odoo.modules.module import get_module_path, get_module_resource, get_modules, get_resource_path  # noqa: F401
