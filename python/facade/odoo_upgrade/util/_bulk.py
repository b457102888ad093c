"""Many values in one statement, and many ids of one."""

import uuid

from psycopg2.extras import Json

from odoo_upgrade.util._cursors import named_cursor
from odoo_upgrade.util._fragments import format_query


def bulk_update_table(cr, table, columns, mapping, key_col="id"):
    """
    Sets columns from `{key: value}` (one column) or `{key: [values]}` in one statement; the number of
    rows changed.
    """
    names = [columns] if isinstance(columns, str) else list(columns)
    if not names or not mapping:
        return 0
    is_single = isinstance(columns, str)
    values = {str(key): [value] if is_single else list(value) for key, value in mapping.items()}
    types = _types(cr, table, names + [key_col])
    places = {"c%d" % index: name for index, name in enumerate(names)}
    settings = ", ".join("{c%d} = (m.value->>%d)::%s" % (i, i, types[n]) for i, n in enumerate(names))
    query = "UPDATE {table} t SET " + settings + " FROM jsonb_each(%s) m WHERE t.{key} = m.key::" + types[key_col]
    cr.execute(format_query(cr, query, table=table, key=key_col, **places), [Json(values)])
    return cr.rowcount


def _types(cr, table, names):
    cr.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = to_regclass(%s) AND attname = ANY(%s) AND NOT attisdropped",
        ['"%s"' % table, names],
    )
    types = dict(cr.fetchall())
    missing = [name for name in names if name not in types]
    if missing:
        raise ValueError("table %s has no column %s" % (table, ", ".join(missing)))
    return types


class query_ids:  # noqa: N801
    """
    The ids that a statement gives (a SELECT, or a change with RETURNING): it runs once, `len` is their
    number, iteration reads them piece by piece. TypeError unless they are integers, ValueError for an id
    that is NULL or comes twice.
    """

    def __init__(self, cr, query, itersize=None):
        self._cr = cr
        self._itersize = itersize
        self._table = "_upgrade_ids_%s" % uuid.uuid4().hex
        self._create(query)

    def _create(self, query):
        cr = self._cr
        cr.execute(
            format_query(cr, "CREATE TEMPORARY TABLE {} (id bigint) ON COMMIT DROP", self._table)
        )
        plain = query.rstrip().rstrip(";").replace("{", "{{").replace("}", "}}")
        inside = "WITH query AS (%s) SELECT * FROM query" % plain
        cr.execute(format_query(cr, "INSERT INTO {} (id) " + inside, self._table))
        cr.execute(format_query(cr, "SELECT count(*), count(id), count(DISTINCT id) FROM {}", self._table))
        rows, filled, distinct = cr.fetchone()
        if rows != distinct or rows != filled:
            self.close()
            raise ValueError("The query gives an id twice, or none")
        self._length = rows

    def __len__(self):
        return self._length

    def __iter__(self):
        with named_cursor(self._cr, self._itersize) as cursor:
            cursor.execute(format_query(self._cr, "SELECT id FROM {} ORDER BY id", self._table))
            for (record_id,) in cursor:
                yield record_id

    def close(self):
        """Drops the table with the ids."""
        self._cr.execute(format_query(self._cr, "DROP TABLE IF EXISTS {}", self._table))

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is None:
            self.close()
