from odoo import api, fields, models


class Tag(models.Model):
    _name = "workshop.tag"
    _description = "Tag"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer()


class Repair(models.Model):
    _name = "workshop.repair"
    _description = "Repair"
    _order = "received_on desc, id desc"

    name = fields.Char(required=True)
    bicycle_id = fields.Many2one("workshop.bicycle", required=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    mechanic_id = fields.Many2one("res.users")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("progress", "In Progress"),
            ("ready", "Ready"),
            ("done", "Done"),
            ("cancel", "Cancelled"),
        ],
        required=True,
        default="draft",
    )
    received_on = fields.Date(required=True, default=fields.Date.today)
    returned_on = fields.Date()
    line_ids = fields.One2many("workshop.repair.line", "repair_id")
    tag_ids = fields.Many2many(
        "workshop.tag", relation="workshop_repair_tag_rel", column1="repair_id", column2="tag_id"
    )
    total_cents = fields.Integer(compute="_compute_total_cents", store=True)
    note = fields.Text()

    _sql_constraints = [("name_uniq", "UNIQUE (name)", "Repair numbers are unique.")]

    @api.depends("line_ids.quantity", "line_ids.price_cents")
    def _compute_total_cents(self):
        for repair in self:
            repair.total_cents = sum(line.quantity * line.price_cents for line in repair.line_ids)


class RepairLine(models.Model):
    _name = "workshop.repair.line"
    _description = "Repair Line"

    repair_id = fields.Many2one("workshop.repair", required=True, ondelete="cascade")
    service_id = fields.Many2one("workshop.service", required=True, ondelete="restrict")
    quantity = fields.Integer(required=True, default=1)
    price_cents = fields.Integer(required=True)
