"""What stands between the names of the `odoo` package and the host; scripts do not import it."""
