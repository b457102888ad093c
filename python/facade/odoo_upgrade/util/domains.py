"""Domains as lists."""

from odoo.osv.expression import FALSE_LEAF, TRUE_LEAF, is_leaf, normalize_domain, normalize_leaf  # noqa: F401

from odoo_upgrade.util._names import forwarding

NOT_OPERATOR, OR_OPERATOR, AND_OPERATOR = "!", "|", "&"
DOMAIN_OPERATORS = (NOT_OPERATOR, OR_OPERATOR, AND_OPERATOR)

__getattr__ = forwarding(__name__, globals())
