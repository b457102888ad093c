from odoo import fields, models


class Booking(models.Model):
    _name = "workshop.booking"
    _description = "Booking"
    _order = "starts_at desc, id"

    name = fields.Char(required=True)
    customer_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    bicycle_id = fields.Many2one("workshop.bicycle")
    starts_at = fields.Datetime(required=True)
    minutes = fields.Integer()
    state = fields.Selection([("asked", "Asked"), ("fixed", "Confirmed"), ("off", "Cancelled")])


class BookingReminder(models.TransientModel):
    _name = "workshop.booking.reminder"
    _description = "Booking Reminder"

    days = fields.Integer(default=1)
    text = fields.Text()
