from odoo import api, fields, models


class Tag(models.Model):
    _name = "workshop.tag"
    _description = "Tag"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer()


class Job(models.Model):
    _name = "workshop.job"
    _description = "Job"
    _order = "received_on desc, id desc"

    name = fields.Char(required=True)
    bicycle_id = fields.Many2one("workshop.bicycle", required=True, ondelete="restrict")
    customer_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    mechanic_id = fields.Many2one("res.users")
    state = fields.Selection(
        [("new", "New"), ("wip", "In Work"), ("ok", "Ready"), ("gone", "Returned"), ("void", "Void")],
        required=True,
        default="new",
    )
    received_on = fields.Date(required=True, default=fields.Date.today)
    returned_on = fields.Date()
    line_ids = fields.One2many("workshop.job.line", "job_id")
    tag_ids = fields.Many2many(
        "workshop.tag", relation="workshop_job_tag_rel", column1="job_id", column2="tag_id"
    )
    total_cents = fields.Integer(compute="_compute_total_cents", store=True)
    note = fields.Text()

    _sql_constraints = [("name_uniq", "UNIQUE (name)", "Job numbers are unique.")]

    @api.depends("line_ids.quantity", "line_ids.price_cents")
    def _compute_total_cents(self):
        for job in self:
            job.total_cents = sum(line.quantity * line.price_cents for line in job.line_ids)


class JobLine(models.Model):
    _name = "workshop.job.line"
    _description = "Job Line"

    job_id = fields.Many2one("workshop.job", required=True, ondelete="cascade")
    service_id = fields.Many2one("workshop.service", required=True, ondelete="restrict")
    quantity = fields.Integer(required=True, default=1)
    price_cents = fields.Integer(required=True)
