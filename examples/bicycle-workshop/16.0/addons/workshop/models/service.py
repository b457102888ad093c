from odoo import fields, models


class Service(models.Model):
    _name = "workshop.service"
    _description = "Service"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    category = fields.Selection(
        [("tune", "Tune-up"), ("repair", "Repair"), ("wash", "Wash"), ("fit", "Fitting")]
    )
    price_cents = fields.Integer(required=True)
    minutes = fields.Integer()
    active = fields.Boolean(default=True)
