"""Statements on the script's own cursor."""

import contextlib
import logging as _logging
import uuid
from datetime import datetime

from odoo.tools.misc import mute_logger
from psycopg2 import IntegrityError, ProgrammingError, errorcodes

from ._reports import logger


def logged_query(cr, query, args=None, skip_no_result=False):
    """
    Runs a statement and logs it with its time and number of rows (with `skip_no_result` only when it
    touched some). Returns that number; the rows stay with the cursor.
    """
    values = () if args is None else tuple(args) if isinstance(args, list) else args
    start = datetime.now()
    try:
        cr.execute(query, values)
    except (ProgrammingError, IntegrityError):
        text = "Error after %(duration)s running %(full_query)s"
        _log(cr, _logging.ERROR, text, query, values, start)
        raise
    if cr.rowcount or not skip_no_result:
        text = "%(rowcount)d rows affected after %(duration)s running %(full_query)s"
        _log(cr, _logging.DEBUG, text, query, values, start)
    return cr.rowcount


def _log(cr, level, text, query, values, start):
    if not logger.isEnabledFor(level):
        return
    sent = getattr(cr, "query", None)
    if sent is None:
        sent = cr.mogrify(query, values)
    full_query = sent.decode("utf-8", "replace") if isinstance(sent, bytes) else sent
    fields = {"full_query": full_query, "rowcount": cr.rowcount, "duration": datetime.now() - start}
    logger.log(level, text, fields)


@contextlib.contextmanager
def savepoint(cr):
    """What happens inside is undone when an exception leaves the block."""
    if hasattr(cr, "savepoint"):
        with cr.savepoint():
            yield
        return
    name = uuid.uuid1().hex
    cr.execute('SAVEPOINT "%s"' % name)
    try:
        yield
    except BaseException:
        cr.execute('ROLLBACK TO SAVEPOINT "%s"' % name)
        raise
    cr.execute('RELEASE SAVEPOINT "%s"' % name)


@contextlib.contextmanager
def allow_pgcodes(cr, *codes):
    """
    Goes on after a database error whose code, or two-character class, is among `codes`; everything
    in the block is undone then.
    """
    try:
        with savepoint(cr), mute_logger("odoo.sql_db"):
            yield
    except (ProgrammingError, IntegrityError) as error:
        code = error.pgcode or ""
        text = "Code: %s. Class: %s. Error: %s." % (code, _name_of(code[:2]), _name_of(code))
        if code in codes or code[:2] in codes:
            logger.info(text)
        else:
            logger.exception(text)
            raise


def _name_of(code):
    try:
        return errorcodes.lookup(code)
    except KeyError:
        return code
