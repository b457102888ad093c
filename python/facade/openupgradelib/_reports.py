"""Log lines and errors."""

import logging as _logging

from odoo.exceptions import UserError

logger = _logging.getLogger("OpenUpgrade")
logger.setLevel(_logging.DEBUG)


def do_raise(error):
    """Raises Odoo's UserError."""
    raise UserError(error)


def message(cr, module, table, column, message, *args, **kwargs):
    """A warning about a module, and a table and column when they are given."""
    place, values = "Module %s", [module]
    for word, name in (("table", table), ("column", column)):
        if name:
            place += ", %s %%s" % word
            values.append(name)
    logger.warning(place + ": " + message, *values, *args, **kwargs)
