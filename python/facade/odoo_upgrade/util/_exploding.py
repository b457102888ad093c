"""One statement as many, each for a range of ids."""

import logging
import os
import re
import string

from odoo_upgrade.util._fragments import format_query
from odoo_upgrade.util._running import parallel_execute

_logger = logging.getLogger("odoo.upgrade.pg")
_PLACE = "parallel_filter"

MAX_BUCKETS = int(os.environ.get("MAX_BUCKETS") or 150000)
DEFAULT_BUCKET_SIZE = int(os.environ.get("BUCKET_SIZE") or 10000)


def _with_place(query):
    """The text with `{parallel_filter}` in it, added to its end where it is missing."""
    if "{%s}" % _PLACE in query:
        return query
    if re.search(r"\bOR\b", query, re.IGNORECASE):
        _logger.warning("`OR` found in the query: write the placeholder `{parallel_filter}` into it")
    word = "AND" if re.search(r"\sWHERE\s", query, re.IGNORECASE) else "WHERE"
    return "%s %s {%s}" % (query, word, _PLACE)


def _filled(query, condition):
    """The text with the placeholder filled; doubled braces become single, all others stay."""
    pieces = []
    for text, field, spec, conversion in string.Formatter().parse(query):
        pieces.append(text)
        if field == _PLACE:
            pieces.append(condition)
        elif field is not None:
            tail = ("!" + conversion if conversion else "") + (":" + spec if spec else "")
            pieces.append("{%s%s}" % (field, tail))
    return "".join(pieces)


def explode_query(cr, query, alias=None, num_buckets=8, prefix=None):
    """Statements by remainder of the id; `explode_query_range` is better."""
    count = int(num_buckets)
    if count < 1:
        raise ValueError("num_buckets should be greater than zero")
    before = alias + "." if alias else (prefix or "")
    query = _with_place(query)
    return [_filled(query, "mod(abs(%sid), %d) = %d" % (before, count, index)) for index in range(count)]


def explode_query_range(cr, query, table, alias=None, bucket_size=DEFAULT_BUCKET_SIZE, prefix=None):
    """
    Statements for consecutive ranges of about `bucket_size` ids of the table; none when it is empty.
    The text must have its parameters filled in already.
    """
    if prefix is not None:
        if alias is not None:
            raise ValueError("Cannot use both `alias` and deprecated `prefix` arguments.")
        alias = prefix.rstrip(".")
    alias = alias or table
    query = _with_place(query)
    bounds = _bounds(cr, table, bucket_size)
    if not bounds:
        return []
    last = bounds[-1]
    is_small = last - bounds[0] <= 1.1 * bucket_size
    is_short_rest = len(bounds) == 3 and last - bounds[1] <= 0.1 * bucket_size
    if is_small or is_short_rest:
        return [_filled(query, "%s.id IS NOT NULL" % alias)]
    ranges = zip(bounds, bounds[1:])
    return [_filled(query, "%s.id BETWEEN %d AND %d" % (alias, low, high - 1)) for low, high in ranges]


def _bounds(cr, table, bucket_size):
    """First ids of the ranges, and one beyond the last id."""
    cr.execute(format_query(cr, "SELECT min(id), max(id) FROM {}", table))
    low, high = cr.fetchone()
    if low is None:
        return []
    if (high + 1 - low) // bucket_size <= MAX_BUCKETS:
        return list(range(low, high + 1, bucket_size)) + [high + 1]
    # Sparse ids: every bucket_size-th id that there is.
    cr.execute(
        format_query(
            cr,
            "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM {}) t"
            " WHERE n %% %s = 0 ORDER BY id",
            table,
        ),
        [bucket_size],
    )
    return [row[0] for row in cr.fetchall()] + [high + 1]


def explode_execute(
    cr, query, table, alias=None, bucket_size=DEFAULT_BUCKET_SIZE, logger=_logger, qualifier="queries"
):
    """Runs the statement range by range; the number of rows it touched."""
    queries = explode_query_range(cr, query, table, alias=alias, bucket_size=bucket_size)
    return parallel_execute(cr, queries, logger=logger, qualifier=qualifier)
