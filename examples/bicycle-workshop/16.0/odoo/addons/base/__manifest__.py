{
    "name": "Base",
    "version": "1.3",
    "category": "Hidden",
    "summary": "Stands for Odoo's own base module",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": [],
    "data": [],
}
