"""Creating and dropping indexes."""

import logging

_schema = logging.getLogger("odoo.schema")


def index_exists(cr, indexname):
    cr.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", (indexname,))
    return cr.rowcount


def check_index_exist(cr, indexname):
    if not index_exists(cr, indexname):
        raise AssertionError("%s does not exist" % indexname)


def create_index(cr, indexname, tablename, expressions, method="btree", where="", *, comment=None, unique=False):
    """Creates the index unless one of that name exists."""
    if index_exists(cr, indexname):
        return
    cr.execute(
        'CREATE %sINDEX "%s" ON "%s" USING %s (%s)%s'
        % (
            "UNIQUE " if unique else "",
            indexname,
            tablename,
            method,
            ", ".join(expressions),
            " WHERE %s" % where if where else "",
        )
    )
    if comment:
        cr.execute('COMMENT ON INDEX "%s" IS %%s' % indexname, (comment,))
    _schema.debug("Table %r: created index %r", tablename, indexname)


def create_unique_index(cr, indexname, tablename, expressions):
    """Creates the unique index unless one of that name exists."""
    create_index(cr, indexname, tablename, expressions, unique=True)


def drop_index(cr, indexname, tablename):
    """Drops the index if it exists."""
    cr.execute('DROP INDEX IF EXISTS "%s"' % indexname)
    _schema.debug("Table %r: dropped index %r", tablename, indexname)
