"""Builds the class of a model's recordsets."""

from odoo._records import special_models
from odoo.models import Model


def build_class(schema):
    """A class with the model's name, table, order and fields, and the methods that scripts call on it."""
    bases = special_models.methods_of(schema.model) + (Model,)
    return type(
        schema.model,
        bases,
        {
            "__slots__": (),
            "__module__": "odoo.models",
            "_name": schema.model,
            "_table": schema.table or schema.model.replace(".", "_"),
            "_order": schema.order,
            "_rec_name": schema.rec_name,
            "_inherits": schema.inherits,
            "_parent_name": schema.parent or "parent_id",
            "_active_name": schema.active,
            "_transient": schema.transient,
            "_abstract": schema.table is None,
            "_fields": schema.fields,
            "_schema": schema,
        },
    )
