from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    bicycle_ids = fields.One2many("workshop.bicycle", "owner_id")
