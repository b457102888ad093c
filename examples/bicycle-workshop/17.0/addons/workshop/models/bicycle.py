from odoo import fields, models


class Bicycle(models.Model):
    _name = "workshop.bicycle"
    _description = "Bicycle"
    _order = "name, id"

    name = fields.Char(required=True)
    frame_number = fields.Char(required=True)
    owner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    kind = fields.Selection(
        [("city", "City"), ("road", "Road"), ("cargo", "Cargo"), ("electric", "Electric")]
    )
    year = fields.Integer()
    active = fields.Boolean(default=True)

    _sql_constraints = [
        ("frame_number_uniq", "UNIQUE (frame_number)", "This frame number is known already."),
    ]
