"""What all fields have in common."""

from odoo._records.unknown import unknown_attribute


class BareField:
    """
    A field of a model. Made by an addon's class body its arguments are kept and have no effect;
    made from the host's schema it converts between cells, the cache and what scripts see.
    """

    type = None
    #: What an empty value looks like to a script.
    nothing = False
    relational = False
    name = None
    model_name = None
    #: How the host keeps the field (`column`, `related`, …).
    kind = None
    comodel_name = inverse_name = relation = column1 = column2 = None
    related = compute = inverse = search = default = digits = domain = selection = model_field = None
    store = True
    required = readonly = translate = company_dependent = inherited = False
    copy = True
    automatic = False
    manual = False

    def __init__(self, *args, **kwargs):
        self.args = dict(kwargs)
        if args:
            self.args["positional"] = args

    def describe(self, model, name, spec):
        """Takes over what the host says about the field."""
        self.model_name = model
        self.name = name
        self.type = spec["t"]
        self.kind = spec.get("k")
        self.store = self.kind in ("column", "many2many", "one2many", "attachment", "property")
        self.comodel_name = spec.get("rel")
        self.inverse_name = spec.get("rf")
        self.relation, self.column1, self.column2 = spec.get("rt"), spec.get("c1"), spec.get("c2")
        self.related = spec.get("related")
        self.inherited = bool(spec.get("inh"))
        self.translate = bool(spec.get("tr"))
        self.required = bool(spec.get("req"))
        self.readonly = bool(spec.get("ro"))
        self.copy = bool(spec.get("copy", True))
        self.company_dependent = bool(spec.get("cd"))
        self.digits = tuple(spec["digits"]) if spec.get("digits") else None
        self.domain = spec.get("domain") or []
        self.model_field = spec.get("mf")
        self.selection = [tuple(pair) for pair in spec.get("sel") or ()] or None
        self.manual = name.startswith("x_")

    @property
    def string(self):
        return (self.name or "").replace("_", " ").strip().capitalize()

    def empty(self, env):
        """The value of the field on no record."""
        return self.nothing

    def to_cache(self, value):
        """A cell, or a written value, as it is kept."""
        return None if value is None or value is False and self.type != "boolean" else value

    def to_record(self, value, record):
        """A kept value as a script sees it."""
        return self.nothing if value is None else value

    def to_write(self, value):
        """What a script assigned, as the host takes it."""
        return value

    def to_read(self, value, record, load):
        """A kept value as `read` gives it."""
        return self.to_record(value, record)

    def __getattr__(self, name):
        # Methods of Odoo's own field classes, such as update_db.
        return unknown_attribute(self.model_name or "fields", name, "%s.%s" % (self.name, name))

    def get_description(self, env):
        """The field's main attributes."""
        return {"type": self.type, "string": self.string, "required": self.required, "readonly": self.readonly}

    def __repr__(self):
        return "%s.%s" % (self.model_name, self.name)
