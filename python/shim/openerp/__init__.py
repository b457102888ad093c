"""The package's name before 10.0."""

import sys

import odoo

sys.modules[__name__] = odoo
