"""Fails when the repairs do not add up to what the jobs were worth."""

from odoo.exceptions import UserError


def migrate(cr, version):
    cr.execute(
        "SELECT key, value FROM ir_config_parameter WHERE key IN %s",
        (("workshop.upgrade.turnover", "workshop.upgrade.lines"),),
    )
    before = dict(cr.fetchall())
    cr.execute("SELECT sum(total_cents)::text FROM workshop_repair")
    now = {"workshop.upgrade.turnover": cr.fetchone()[0]}
    cr.execute("SELECT count(*) || ' ' || sum(quantity * price_cents) FROM workshop_repair_line")
    now["workshop.upgrade.lines"] = cr.fetchone()[0]
    if before != now:
        raise UserError("The workshop's turnover was %s and is %s" % (before, now))
    cr.execute("SELECT count(*) FROM workshop_repair WHERE state NOT IN ('draft', 'progress', 'ready', 'done', 'cancel')")
    strange = cr.fetchone()[0]
    if strange:
        raise UserError("%d repairs have an unknown state" % strange)
    cr.execute("DELETE FROM ir_config_parameter WHERE key IN %s", (tuple(before),))
