"""Running statements."""

import contextlib
import logging

from odoo_upgrade.util._fragments import format_query
from odoo_upgrade.util._progress import log_progress

_logger = logging.getLogger("odoo.upgrade.pg")


def get_max_workers():
    """One: a script has one connection."""
    return 1


@contextlib.contextmanager
def savepoint(cr):
    """What happens inside is undone when an exception leaves the block."""
    with cr.savepoint(flush=False):
        yield


def parallel_execute(cr, queries, logger=_logger, qualifier="queries"):
    """
    Runs the statements one after another on the script's connection, in its transaction; nothing is
    committed. The number of rows touched; None without statements.
    """
    queries = list(queries)
    if not queries:
        return None
    rows = 0
    for query in log_progress(queries, logger, qualifier=qualifier, size=len(queries)):
        cr.execute(query)
        rows += max(cr.rowcount, 0)
    return rows


@contextlib.contextmanager
def temp_index(cr, table, *columns):
    """An index on the columns for as long as the block runs."""
    name = "_upg_%s_%s_idx" % (table, "_".join(columns))
    name = name[:63]
    places = ", ".join("{c%d}" % index for index in range(len(columns)))
    named = {"c%d" % index: column for index, column in enumerate(columns)}
    cr.execute(format_query(cr, "CREATE INDEX {name} ON {table} (" + places + ")", name=name, table=table, **named))
    try:
        yield
    finally:
        cr.execute(format_query(cr, "DROP INDEX IF EXISTS {}", name))
