"""What Odoo's loader keeps in memory from one module to the next, and loses with its process."""

import logging

from ..codec import encode

_DATABASE_FACTS = ("_database_translated_fields", "_database_company_dependent_fields")

_schema = logging.getLogger("odoo.schema")


def database_facts(registry):
    """What Odoo read from the reflection before `base` changed it, as wire data."""
    names = [name for name in _DATABASE_FACTS if hasattr(registry, name)]
    return {name: encode(getattr(registry, name)) for name in names}


def attributes(registry, known):
    """
    What modules have put on the registry for later, as wire data.

    Some delay work until all modules are loaded (``account_edi``), and note so in an attribute. ``known``
    names those that a new registry has.
    """
    found = {}
    for name, value in vars(registry).items():
        # The class has an attribute of the same name for what is computed and kept.
        if name not in known and not hasattr(type(registry), name) and _is_plain(value):
            found[name] = encode(value)
    return found


def pending_constraints(registry, earlier):
    """Constraints that failed so far, for which Odoo has a second try after its last module."""
    columns, names = list(earlier["not_null"]), list(earlier["named"])
    for item in registry._constraint_queue:
        if isinstance(item, str):
            _read_key(item, columns, names)
        else:
            _read_call(getattr(item, "args", None) or item[1], columns, names)
    return {"not_null": columns, "named": names}


def retry_constraints(registry, cursor, pending):
    """Has Odoo's second try for constraints that failed in earlier attempts."""
    from odoo.tools import sql

    for table, column in pending["not_null"]:
        _try(cursor, sql.set_not_null, table, column)
    for table, name, definition in _definitions(registry, set(pending["named"])):
        _try(cursor, sql.add_constraint, table, name, definition)


def _read_key(key, columns, names):
    """Odoo 18 names what it delays: `add_not_null:table:column`, or the constraint's name."""
    kind, _, rest = key.partition(":")
    if kind == "add_not_null":
        columns.append(rest.split(":"))
    else:
        names.append(key)


def _read_call(arguments, columns, names):
    """Up to Odoo 17: the arguments (model, field) or (cursor, table, name, definition)."""
    if len(arguments) == 2:
        columns.append([arguments[0]._table, arguments[1]])
    else:
        names.append(arguments[2])


def _definitions(registry, names):
    for model in registry.models.values():
        for key, definition, _message in getattr(model, "_sql_constraints", ()):
            name = "%s_%s" % (model._table, key)
            if name in names:
                yield model._table, name, definition


def _try(cursor, function, *arguments):
    try:
        with cursor.savepoint(flush=False):
            function(cursor, *arguments)
    except Exception as error:
        _schema.warning(*error.args)


def _is_plain(value):
    if isinstance(value, (list, tuple, set)):
        return all(_is_plain(one) for one in value)
    if isinstance(value, dict):
        return all(_is_plain(one) for pair in value.items() for one in pair)
    return type(value) in (bool, int, float, str, type(None))
