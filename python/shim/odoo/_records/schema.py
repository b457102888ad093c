"""What the host knows about a model."""

from odoo import fields as _fields


class Schema:
    """A model's table, order and fields."""

    __slots__ = (
        "model", "table", "order", "rec_name", "active", "parent", "inherits", "transient", "fields", "scalars",
    )  # fmt: skip

    def __init__(self, answer):
        self.model = answer["model"]
        self.table = answer.get("table")
        self.order = answer.get("order") or "id"
        self.rec_name = answer.get("rec_name")
        self.active = answer.get("active")
        self.parent = answer.get("parent")
        self.inherits = answer.get("inherits") or {}
        self.transient = bool(answer.get("transient"))
        self.fields = {
            name: _fields.from_schema(self.model, name, spec) for name, spec in answer["fields"].items()
        }
        #: What one read brings for a whole prefetch set: columns that are not large.
        self.scalars = [
            name
            for name, field in self.fields.items()
            if field.kind == "column" and field.type != "binary" and name != "id"
        ]
