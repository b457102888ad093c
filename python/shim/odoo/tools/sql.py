"""Tables, columns, constraints and indexes, as scripts change them through `odoo.tools.sql`."""

import logging

import psycopg2

from odoo._guest.identifiers import make_identifier, make_index_name  # noqa: F401
from odoo._guest.missing import missing_attribute
from odoo._guest.sql_indexes import (  # noqa: F401
    check_index_exist,
    create_index,
    create_unique_index,
    drop_index,
    index_exists,
)
from odoo._guest.sql_views import drop_depending_views, drop_view_if_exists, get_depending_views  # noqa: F401
from odoo.release import version_info

_schema = logging.getLogger("odoo.schema")
_DELETE_ACTIONS = {"RESTRICT": "r", "NO ACTION": "a", "CASCADE": "c", "SET NULL": "n", "SET DEFAULT": "d"}

if version_info[0] >= 17:
    from odoo._guest.sql_object import SQL  # noqa: F401

__path__ = []  # lets "from odoo.tools.sql import x" say who has x


def __getattr__(name):
    raise missing_attribute(__name__, name)


def existing_tables(cr, tablenames):
    """Those of the names that are tables or views of the current schema."""
    cr.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relname IN %s AND c.relkind IN ('r', 'v', 'm') AND n.nspname = current_schema",
        [tuple(tablenames)],
    )
    return [row[0] for row in cr.fetchall()]


def table_exists(cr, tablename):
    return len(existing_tables(cr, {tablename})) == 1


def table_kind(cr, tablename):
    """`r` table, `v` view, `m` materialised view, `f` foreign, `t` temporary; None when it is none."""
    cr.execute(
        "SELECT c.relkind, c.relpersistence FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relname = %s AND n.nspname IN (current_schema, 'pg_temp')",
        (tablename,),
    )
    row = cr.fetchone()
    if row is None:
        return None
    return "t" if row[1] == "t" else row[0]


def create_model_table(cr, tablename, comment=None, columns=()):
    """Creates a table with an id and `columns`: (name, type, comment)."""
    specs = ["id SERIAL NOT NULL"] + ['"%s" %s' % (name, kind) for name, kind, _ in columns]
    cr.execute('CREATE TABLE "%s" (%s, PRIMARY KEY(id))' % (tablename, ", ".join(specs)))
    if comment:
        cr.execute('COMMENT ON TABLE "%s" IS %%s' % tablename, (comment,))
    for name, _, text in columns:
        if text:
            cr.execute('COMMENT ON COLUMN "%s"."%s" IS %%s' % (tablename, name), (text,))
    _schema.debug("Table %r: created", tablename)


def table_columns(cr, tablename):
    """The table's columns by name, each with `udt_name`, `character_maximum_length`, `is_nullable`."""
    cr.execute(
        "SELECT column_name, udt_name, character_maximum_length, is_nullable"
        " FROM information_schema.columns WHERE table_name = %s AND table_schema = current_schema",
        (tablename,),
    )
    return {row["column_name"]: row for row in cr.dictfetchall()}


def column_exists(cr, tablename, columnname):
    cr.execute(
        "SELECT 1 FROM information_schema.columns"
        " WHERE table_name = %s AND column_name = %s AND table_schema = current_schema",
        (tablename, columnname),
    )
    return cr.rowcount


def create_column(cr, tablename, columnname, columntype, comment=None):
    """Adds the column; a boolean gets the default false."""
    default = " DEFAULT false" if columntype.upper() == "BOOLEAN" else ""
    cr.execute('ALTER TABLE "%s" ADD COLUMN "%s" %s%s' % (tablename, columnname, columntype, default))
    if comment:
        cr.execute('COMMENT ON COLUMN "%s"."%s" IS %%s' % (tablename, columnname), (comment,))
    _schema.debug("Table %r: added column %r of type %s", tablename, columnname, columntype)


def rename_column(cr, tablename, columnname1, columnname2):
    cr.execute('ALTER TABLE "%s" RENAME COLUMN "%s" TO "%s"' % (tablename, columnname1, columnname2))
    _schema.debug("Table %r: renamed column %r to %r", tablename, columnname1, columnname2)


def convert_column(cr, tablename, columnname, columntype):
    """Changes the column's type, casting its values."""
    _convert(cr, tablename, columnname, columntype, '"%s"::%s' % (columnname, columntype))


def convert_column_translatable(cr, tablename, columnname, columntype):
    """Changes the column from text to `jsonb` with the text as `en_US`, or back."""
    drop_index(cr, make_index_name(tablename, columnname), tablename)
    if columntype == "jsonb":
        using = (
            """CASE WHEN "%s" IS NOT NULL THEN jsonb_build_object('en_US', "%s"::varchar) END"""
            % (columnname, columnname)
        )
    else:
        using = """"%s"->>'en_US'""" % columnname
    _convert(cr, tablename, columnname, columntype, using)


def _convert(cr, tablename, columnname, columntype, using):
    query = 'ALTER TABLE "%s" ALTER COLUMN "%s" DROP DEFAULT, ALTER COLUMN "%s" TYPE %s USING %s' % (
        tablename, columnname, columnname, columntype, using,
    )
    try:
        with cr.savepoint(flush=False):
            cr.execute(query, log_exceptions=False)
    except psycopg2.NotSupportedError:
        drop_depending_views(cr, tablename, columnname)
        cr.execute(query)
    _schema.debug("Table %r: column %r changed to type %s", tablename, columnname, columntype)


def set_not_null(cr, tablename, columnname):
    """Sets NOT NULL; raises `Exception` when a row has no value."""
    query = 'ALTER TABLE "%s" ALTER COLUMN "%s" SET NOT NULL' % (tablename, columnname)
    try:
        with cr.savepoint(flush=False):
            cr.execute(query, log_exceptions=False)
    except Exception:
        raise Exception("Table %r: unable to set NOT NULL on column %r" % (tablename, columnname))
    _schema.debug("Table %r: column %r: added constraint NOT NULL", tablename, columnname)


def drop_not_null(cr, tablename, columnname):
    cr.execute('ALTER TABLE "%s" ALTER COLUMN "%s" DROP NOT NULL' % (tablename, columnname))
    _schema.debug("Table %r: column %r: dropped constraint NOT NULL", tablename, columnname)


def constraint_definition(cr, tablename, constraintname):
    """The definition that Odoo wrote as the constraint's comment, else PostgreSQL's; None without it."""
    cr.execute(
        "SELECT COALESCE(d.description, pg_get_constraintdef(c.oid))"
        " FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid"
        " LEFT JOIN pg_description d ON c.oid = d.objoid"
        " WHERE t.relname = %s AND conname = %s",
        (tablename, constraintname),
    )
    row = cr.fetchone()
    return row[0] if row else None


def add_constraint(cr, tablename, constraintname, definition):
    """Adds the constraint with its definition as comment; raises `Exception` when the rows violate it."""
    try:
        with cr.savepoint(flush=False):
            cr.execute(
                'ALTER TABLE "%s" ADD CONSTRAINT "%s" %s' % (tablename, constraintname, definition),
                log_exceptions=False,
            )
            cr.execute(
                'COMMENT ON CONSTRAINT "%s" ON "%s" IS %%s' % (constraintname, tablename),
                (definition,),
                log_exceptions=False,
            )
    except Exception:
        raise Exception("Table %r: unable to add constraint %r as %s" % (tablename, constraintname, definition))
    _schema.debug("Table %r: added constraint %r as %s", tablename, constraintname, definition)


def drop_constraint(cr, tablename, constraintname):
    """Drops the constraint; only warns when that is not possible."""
    try:
        with cr.savepoint(flush=False):
            cr.execute('ALTER TABLE "%s" DROP CONSTRAINT "%s"' % (tablename, constraintname))
    except Exception:
        _schema.warning("Table %r: unable to drop constraint %r!", tablename, constraintname)
    else:
        _schema.debug("Table %r: dropped constraint %r", tablename, constraintname)


def add_foreign_key(cr, tablename1, columnname1, tablename2, columnname2, ondelete):
    cr.execute(
        'ALTER TABLE "%s" ADD FOREIGN KEY ("%s") REFERENCES "%s"("%s") ON DELETE %s'
        % (tablename1, columnname1, tablename2, columnname2, ondelete)
    )
    return True


_FOREIGN_KEYS = """
    SELECT con.conname, c2.relname, a2.attname, con.confdeltype
      FROM pg_constraint con
      JOIN pg_class c1 ON c1.oid = con.conrelid
      JOIN pg_class c2 ON c2.oid = con.confrelid
      JOIN pg_attribute a1 ON a1.attrelid = c1.oid AND a1.attnum = con.conkey[1]
      JOIN pg_attribute a2 ON a2.attrelid = c2.oid AND a2.attnum = con.confkey[1]
     WHERE con.contype = 'f' AND array_length(con.conkey, 1) = 1
       AND c1.relname = %s AND a1.attname = %s
"""


def get_foreign_keys(cr, tablename1, columnname1, tablename2, columnname2, ondelete):
    """Names of the foreign keys between the two columns with that delete action."""
    cr.execute(_FOREIGN_KEYS, (tablename1, columnname1))
    wanted = (tablename2, columnname2, _DELETE_ACTIONS[ondelete.upper()])
    return [row[0] for row in cr.fetchall() if tuple(row[1:]) == wanted]


def fix_foreign_key(cr, tablename1, columnname1, tablename2, columnname2, ondelete):
    """Leaves exactly the wanted foreign key on the column; True when it had to be created."""
    cr.execute(_FOREIGN_KEYS, (tablename1, columnname1))
    wanted = (tablename2, columnname2, _DELETE_ACTIONS.get(ondelete.upper(), "a"))
    found = False
    for row in cr.fetchall():
        if not found and tuple(row[1:]) == wanted:
            found = True
        else:
            drop_constraint(cr, tablename1, row[0])
    if found:
        return None
    return add_foreign_key(cr, tablename1, columnname1, tablename2, columnname2, ondelete)


def escape_psql(to_escape):
    """Escapes the wildcards of LIKE."""
    return to_escape.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def pg_varchar(size=0):
    """The type `VARCHAR`, with a length when `size` is positive."""
    if not isinstance(size, int):
        raise ValueError("VARCHAR parameter should be an int, got %s" % type(size))
    return "VARCHAR(%d)" % size if size > 0 else "VARCHAR"


def reverse_order(order):
    """An ORDER BY clause with every direction turned round."""
    turned = []
    for item in order.split(","):
        words = item.lower().split()
        turned.append("%s %s" % (words[0], "asc" if words[1:] == ["desc"] else "desc"))
    return ", ".join(turned)
