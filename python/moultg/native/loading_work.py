"""What the host's own loader has the release's models do at a module's turn."""

import sys

from . import session

#: As many columns as a statement may answer, with room to spare.
_VALUES = 1000


def init_columns(fields):
    """Fills columns that are new, each ``[model, field]``, as the framework or the model itself does it."""
    with _work() as env:
        for model, name in fields:
            env[model]._init_column(name)


def defaults(fields):
    """
    The values of defaults as texts of their columns: for each ``[model, field, count]`` a list.

    They are worked out as often as there are records: some are drawn at random, some count up.
    """
    with _work() as env:
        values = []
        for model, name, count in fields:
            records = env[model]
            values += [_column_value(records._fields[name], records) for _number in range(count)]
        texts = iter(_texts(env.cr, values))
        return {"values": [[next(texts) for _number in range(count)] for _model, _name, count in fields]}


def init_models(models, method):
    """Runs `init` of models, or what their own `_auto_init` does around the framework's."""
    from odoo.models import BaseModel

    original = BaseModel._auto_init
    # The host brings tables to the release.
    BaseModel._auto_init = lambda self: None
    try:
        with _work() as env:
            for model in models:
                getattr(env[model], method)()
    finally:
        BaseModel._auto_init = original


def run_hook(module, name, kind):
    """Runs the function of a module that its manifest names; ``kind`` is `pre` or `post`."""
    from odoo import release
    from odoo.modules import module as modules

    with _work() as env:
        modules.load_openerp_module(module)
        hook = getattr(sys.modules["odoo.addons." + module], name)
        if release.version_info[0] >= 17:
            hook(env)
        elif kind == "pre":
            hook(env.cr)
        else:
            hook(env.cr, env.registry)


class _work:
    """The superuser's environment, between dropping what is cached and sending what is held back."""

    def __init__(self):
        self._registry = session.opened()
        self._border = session.border(self._registry)

    def __enter__(self):
        self._border.__enter__()
        return self._registry.environment()

    def __exit__(self, *error):
        return self._border.__exit__(*error)


def _column_value(field, records):
    if field.default is None:
        return None
    value = field.convert_to_write(field.default(records), records)
    return field.convert_to_column(value, records)


def _texts(cursor, values):
    texts = []
    for start in range(0, len(values), _VALUES):
        part = values[start : start + _VALUES]
        cursor.execute("SELECT " + ", ".join(["%s::text"] * len(part)), part)
        texts += cursor.fetchone()
    return texts
