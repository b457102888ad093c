"""The states of repairs get the names that the rest of Odoo uses."""

from openupgradelib import openupgrade


@openupgrade.migrate()
def migrate(env, version):
    openupgrade.map_values(
        env.cr,
        openupgrade.get_legacy_name("state"),
        "state",
        [("new", "draft"), ("wip", "progress"), ("ok", "ready"), ("gone", "done"), ("void", "cancel")],
        table="workshop_repair",
    )
