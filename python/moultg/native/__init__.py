"""The release's own Odoo as a guest: the user's source tree, imported as it is, over the host's session.

``prepare.start`` readies the interpreter once; then ``loader.run`` runs Odoo's own upgrade, and ``session``
opens a registry for migration scripts and for what the host wants computed or called. No line of Odoo's is
in here: its functions are wrapped where the host must know or decide something.
"""
