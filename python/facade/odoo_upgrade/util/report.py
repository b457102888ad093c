"""What scripts tell the people who upgrade: it goes into the run's log."""

import html
import logging

from odoo_upgrade.util._names import forwarding
from odoo_upgrade.util.const import NEARLYWARN

_logger = logging.getLogger("odoo.upgrade.report")

#: Messages by category, in the order in which they came.
migration_reports = {}

__getattr__ = forwarding(__name__, globals())


def report_message(message, category="Other", format="text"):  # noqa: A002
    """Adds an entry to the report."""
    migration_reports.setdefault(category, []).append((message, format != "text"))
    _logger.log(NEARLYWARN, "%s: %s", category, message)


add_to_migration_reports = report_message


def report_with_summary(summary, details, category="Other"):
    """An entry with details below it."""
    report_message("%s\n%s" % (summary, details), category, format="html")


def report_with_list(summary, data, columns, row_format, links=None, total=None, limit=100, category="Other"):
    """An entry with a line per row, at most `limit`; `row_format` takes the columns by name."""
    rows = list(data)
    shown = rows if limit is None else rows[:limit]
    lines = []
    for row in shown:
        values = dict(zip(columns, row))
        for name, (model, id_column, name_column) in (links or {}).items():
            values[name] = get_anchor_link_to_record(model, values[id_column], values[name_column])
        lines.append("- " + row_format.format(**values))
    left_out = (len(rows) if total is None else total) - len(shown)
    if left_out > 0:
        lines.append("… and %d more" % left_out)
    report_with_summary(summary, "\n".join(lines), category)


def get_anchor_link_to_record(model, id, name=None, action_id=None):  # noqa: A002
    """A link to the record in Odoo's web client."""
    if not name:
        name = "%s(id=%s)" % (model, id)
    view = "model=%s" % model if action_id is None else "model=%s&action=%d" % (model, action_id)
    return '<a target="_blank" href="/web#id=%s&view_type=form&%s">%s</a>' % (id, view, html.escape(name))


def announce(cr, version, msg, **kwargs):
    """Says in the log what would be posted to the employees; nothing is sent."""
    _logger.info("announcement for %s, not posted: %s", version, msg)


def announce_release_note(cr):
    """Nothing is posted by an upgrade."""


def announce_migration_report(cr):
    """Nothing is posted: the entries are in the run's log."""
