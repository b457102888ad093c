"""Streets and house numbers are apart: Python knows best how they are written."""

import re

from psycopg2.extras import execute_values

HOUSE = re.compile(r"^(?P<number>\d+\w?) (?P<name>.+)$")


def migrate(cr, version):
    cr.execute("ALTER TABLE res_partner ADD COLUMN street_name varchar, ADD COLUMN street_number varchar")
    cr.execute(
        "INSERT INTO ir_model_fields (model_id, model, name, field_description, ttype, store, copied, state)"
        " SELECT id, model, unnest(%s), %s, 'char', true, true, 'base' FROM ir_model WHERE model = 'res.partner'",
        (["street_name", "street_number"], '{"en_US": "Street"}'),
    )
    cr.execute("SELECT id, street FROM res_partner WHERE street IS NOT NULL ORDER BY id")
    parts = [(partner, HOUSE.match(street)) for partner, street in cr.fetchall()]
    execute_values(
        cr._obj,
        "UPDATE res_partner AS partner SET street_name = new.name, street_number = new.number"
        " FROM (VALUES %s) AS new(id, name, number) WHERE new.id = partner.id",
        [(partner, found["name"], found["number"]) for partner, found in parts if found],
        page_size=1000,
    )
