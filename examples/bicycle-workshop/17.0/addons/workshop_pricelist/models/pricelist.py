from odoo import fields, models


class Pricelist(models.Model):
    _name = "workshop.pricelist"
    _description = "Price List"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    valid_from = fields.Date()
    item_ids = fields.One2many("workshop.pricelist.item", "pricelist_id")


class PricelistItem(models.Model):
    _name = "workshop.pricelist.item"
    _description = "Price List Item"

    pricelist_id = fields.Many2one("workshop.pricelist", required=True, ondelete="cascade")
    service_id = fields.Many2one("workshop.service", required=True, ondelete="cascade")
    price = fields.Float(digits=(16, 2), required=True)


class Partner(models.Model):
    _inherit = "res.partner"

    property_workshop_pricelist_id = fields.Many2one("workshop.pricelist", company_dependent=True)
