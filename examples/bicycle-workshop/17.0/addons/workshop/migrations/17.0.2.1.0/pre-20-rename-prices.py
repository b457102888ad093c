"""Cents become euros: here the names, in the next script the amounts."""

from openupgradelib import openupgrade

_fields = [
    ("workshop.service", "workshop_service", "price_cents", "price"),
    ("workshop.repair", "workshop_repair", "total_cents", "total"),
    ("workshop.repair.line", "workshop_repair_line", "price_cents", "price"),
]


@openupgrade.migrate()
def migrate(env, version):
    openupgrade.rename_fields(env, _fields)
