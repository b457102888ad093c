from odoo import api, fields, models


class LoyaltyCard(models.Model):
    _inherit = "workshop.loyalty.card"

    greeting = fields.Char(compute="_compute_greeting")

    @api.depends("partner_id.firstname")
    def _compute_greeting(self):
        for card in self:
            card.greeting = "Dear %s" % (card.partner_id.firstname or card.partner_id.name)
