"""Cards get their level; the best customers a word in their notes."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    cards = env["workshop.loyalty.card"].search([])
    gold = cards.filtered(lambda card: card.points >= 100)
    silver = (cards - gold).filtered(lambda card: card.points >= 50)
    gold.write({"level": "gold"})
    silver.write({"level": "silver"})
    (cards - gold - silver).write({"level": "bronze"})
    for partner in gold.mapped("partner_id"):
        partner.comment = "%s\nGold since 17.0" % (partner.comment or "").strip()
