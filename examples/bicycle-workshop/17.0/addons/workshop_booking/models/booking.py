from odoo import fields, models


class Booking(models.Model):
    _name = "workshop.booking"
    _description = "Booking"
    _order = "starts_at desc, id"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    bicycle_id = fields.Many2one("workshop.bicycle")
    starts_at = fields.Datetime(required=True)
    duration = fields.Float()
    state = fields.Selection(
        [("asked", "Asked"), ("fixed", "Confirmed"), ("lapsed", "Lapsed"), ("off", "Cancelled")]
    )
    pickup_address = fields.Char()
    driver_id = fields.Many2one("res.users")


class BookingReminder(models.TransientModel):
    _name = "workshop.booking.reminder"
    _description = "Booking Reminder"

    days = fields.Integer(default=1)
    text = fields.Text()
