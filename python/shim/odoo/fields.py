"""
Fields: what `_fields` of a recordset holds, what an addon's class body writes (and nobody here acts
on), and the date helpers and commands that scripts use.
"""

from odoo._guest.missing import missing_attribute
from odoo._records.date_fields import DateMethods, DatetimeMethods
from odoo._records.field import BareField
from odoo._records.relational_fields import BareMany2one, BareReference, BareX2many
from odoo.release import version_info

__path__ = []  # lets "from odoo.fields import x" say who has x

if version_info[0] >= 15:
    from odoo._guest.command import Command  # noqa: F401


def __getattr__(name):
    raise missing_attribute(__name__, name)


class Field(BareField):
    """Any field."""


class Boolean(Field):
    type = "boolean"


class Integer(Field):
    type = "integer"
    nothing = 0


class Float(Field):
    type = "float"
    nothing = 0.0

    @staticmethod
    def round(value, precision_digits=None, precision_rounding=None):
        from odoo.tools.float_utils import float_round

        return float_round(value, precision_digits=precision_digits, precision_rounding=precision_rounding)

    @staticmethod
    def is_zero(value, precision_digits=None, precision_rounding=None):
        from odoo.tools.float_utils import float_is_zero

        return float_is_zero(value, precision_digits=precision_digits, precision_rounding=precision_rounding)

    @staticmethod
    def compare(value1, value2, precision_digits=None, precision_rounding=None):
        from odoo.tools.float_utils import float_compare

        return float_compare(value1, value2, precision_digits, precision_rounding)


class Monetary(Field):
    type = "monetary"
    nothing = 0.0


class _String(Field):
    pass


class Char(_String):
    type = "char"


class Text(_String):
    type = "text"


class Html(_String):
    type = "html"

    def to_record(self, value, record):
        from odoo._guest.markup import Markup

        return Markup(value) if value is not None else False


class Date(DateMethods, Field):
    type = "date"


class Datetime(DatetimeMethods, Field):
    type = "datetime"


class Binary(Field):
    type = "binary"

    def to_cache(self, value):
        return value.encode() if isinstance(value, str) else super().to_cache(value)


class Image(Binary):
    pass


class Selection(Field):
    type = "selection"


class Reference(BareReference, Selection):
    type = "reference"


class Json(Field):
    type = "json"


class Serialized(Field):
    type = "serialized"


class Properties(Field):
    type = "properties"


class PropertiesDefinition(Field):
    type = "properties_definition"


class Many2oneReference(Integer):
    type = "many2one_reference"


class _Relational(Field):
    relational = True


class Many2one(BareMany2one, _Relational):
    type = "many2one"


class _RelationalMulti(BareX2many, _Relational):
    pass


class One2many(_RelationalMulti):
    type = "one2many"


class Many2many(_RelationalMulti):
    type = "many2many"


class Id(Field):
    type = "integer"


_CLASSES = {
    cls.type: cls
    for cls in (
        Boolean, Integer, Float, Monetary, Char, Text, Html, Date, Datetime, Binary, Selection, Reference,
        Json, Serialized, Properties, PropertiesDefinition, Many2oneReference, Many2one, One2many, Many2many,
    )
}  # fmt: skip


def from_schema(model, name, spec):
    """The field that the host describes."""
    field = _CLASSES.get(spec["t"], Field)()
    field.describe(model, name, spec)
    return field


def first(records):
    """The first record."""
    return next(iter(records)) if len(records) > 1 else records
