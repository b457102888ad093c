"""The environment for records that the host names by itself."""

from odoo._guest.pending import latest_transaction
from odoo._records.environment import SUPERUSER_ID, Environment


def current_environment():
    """The superuser's environment on the cursor that was used last."""
    transaction = latest_transaction()
    if transaction is None:
        from odoo.sql_db import open_cursor

        return Environment(open_cursor(), SUPERUSER_ID, {})
    return Environment(transaction.cr, SUPERUSER_ID, {})
