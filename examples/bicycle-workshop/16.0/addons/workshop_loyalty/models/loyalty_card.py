from odoo import fields, models


class LoyaltyCard(models.Model):
    _name = "workshop.loyalty.card"
    _description = "Loyalty Card"
    _order = "name"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    points = fields.Integer(required=True)
    issued_on = fields.Date()
    active = fields.Boolean(default=True)

    _sql_constraints = [("name_uniq", "UNIQUE (name)", "Card numbers are unique.")]
