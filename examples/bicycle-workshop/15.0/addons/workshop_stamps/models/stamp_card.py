from odoo import fields, models


class StampCard(models.Model):
    _name = "workshop.stamp.card"
    _description = "Stamp Card"
    _order = "name"

    name = fields.Char(required=True)
    customer_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    stamps = fields.Integer(required=True)
    issued_on = fields.Date()
    active = fields.Boolean(default=True)

    _sql_constraints = [("name_uniq", "UNIQUE (name)", "Card numbers are unique.")]
