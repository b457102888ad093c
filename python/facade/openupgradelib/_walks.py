"""Working through records."""

from odoo.models import PREFETCH_MAX
from odoo.tools.misc import mute_logger

from ._reports import logger
from .openupgrade_tools import invalidate_cache


def chunked(records, single=True):
    """Yields the records one by one, or 1,000 at a time, with caches dropped in between. Not nestable."""
    model, ids = records.env[records._name], records.ids
    for start in range(0, len(ids), PREFETCH_MAX):
        invalidate_cache(records.env, flush=True)
        chunk = model.browse(ids[start : start + PREFETCH_MAX])
        if single:
            yield from chunk
        else:
            yield chunk


def update_field_multilang(records, field, method):
    """Sets the field to `method(old value, language, record)` in every language where that differs."""
    languages = [(records.env.lang or "en_US", "English")]
    if records._fields[field].translate:
        languages = records.env["res.lang"].get_installed()
    for language, _name in languages:
        for record in records.with_context(lang=language):
            before = record[field]
            after = method(before, language, record)
            if after != before:
                record[field] = after


def safe_unlink(records, do_raise=False):
    """Deletes records one by one; what cannot be deleted is logged, or raised with `do_raise`."""
    for record in records:
        logger.debug("Deleting record %s#%s", record._name, record.id)
        if not record.exists():
            continue
        try:
            with record.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                record.unlink()
        except Exception as error:
            if do_raise:
                raise
            logger.info("Error deleting %s#%s: %r", record._name, record.id, error)
