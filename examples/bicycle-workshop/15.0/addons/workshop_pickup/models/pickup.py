from odoo import fields, models


class Pickup(models.Model):
    _name = "workshop.pickup"
    _description = "Pickup"

    booking_id = fields.Many2one("workshop.booking", required=True, ondelete="cascade")
    address = fields.Char(required=True)
    driver_id = fields.Many2one("res.users")


class Booking(models.Model):
    _inherit = "workshop.booking"

    pickup_ids = fields.One2many("workshop.pickup", "booking_id")
