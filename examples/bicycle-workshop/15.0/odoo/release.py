# The release that this source tree is of, as moult and odoo-bin look for it.
version_info = (15, 0, 0, "final", 0, "")
