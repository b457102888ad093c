"""A new module: its script runs without a version, so that it has to say that it wants to."""

from openupgradelib import openupgrade

_new_fields = [
    ("firstname", "res.partner", "res_partner", "char", False, "workshop_contact"),
    ("lastname", "res.partner", "res_partner", "char", False, "workshop_contact"),
]


def split_names(env):
    people = env["res.partner"].with_context(active_test=False).search([("is_company", "=", False)])
    for person in people:
        first, _, last = (person.name or "").partition(" ")
        person.firstname = first
        person.lastname = last or False


@openupgrade.migrate(no_version=True)
def migrate(env, version):
    missing = [field for field in _new_fields if not openupgrade.column_exists(env.cr, field[2], field[0])]
    openupgrade.add_fields(env, missing)
    split_names(env)
