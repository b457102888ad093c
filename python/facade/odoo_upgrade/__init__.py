"""What `odoo.upgrade` and `odoo.addons.base.maintenance.migrations` lead to."""
