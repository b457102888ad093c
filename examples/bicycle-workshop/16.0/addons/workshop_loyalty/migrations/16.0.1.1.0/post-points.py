"""A stamp is worth ten points, and a full card twenty more."""

from psycopg2.extras import execute_values


def migrate(cr, version):
    cr.execute("SELECT id, points FROM workshop_loyalty_card ORDER BY id")
    points = [(card, stamps * 10 + (20 if stamps >= 10 else 0)) for card, stamps in cr.fetchall()]
    execute_values(
        cr._obj,
        "UPDATE workshop_loyalty_card AS card SET points = new.points"
        " FROM (VALUES %s) AS new(id, points) WHERE new.id = card.id",
        points,
        page_size=1000,
    )
