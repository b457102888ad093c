"""Views that stand in the way of a column's change."""

import logging

_schema = logging.getLogger("odoo.schema")

_DEPENDING = """
    SELECT DISTINCT quote_ident(dependee.relname), dependee.relkind
      FROM pg_depend
      JOIN pg_rewrite ON pg_depend.objid = pg_rewrite.oid
      JOIN pg_class dependee ON pg_rewrite.ev_class = dependee.oid
      JOIN pg_class dependent ON pg_depend.refobjid = dependent.oid
      JOIN pg_attribute ON pg_attribute.attrelid = pg_depend.refobjid
                       AND pg_attribute.attnum = pg_depend.refobjsubid
     WHERE dependent.relname = %s AND pg_attribute.attname = %s
       AND pg_attribute.attnum > 0 AND dependee.relkind IN ('v', 'm')
"""


def get_depending_views(cr, table, column):
    """Quoted names and kinds (`v`, `m`) of the views that read the column."""
    cr.execute(_DEPENDING, [table, column])
    return cr.fetchall()


def drop_depending_views(cr, table, column):
    for view, kind in get_depending_views(cr, table, column):
        materialized = "MATERIALIZED " if kind == "m" else ""
        cr.execute("DROP %sVIEW IF EXISTS %s CASCADE" % (materialized, view))
        _schema.debug("Drop view %r", view)


def drop_view_if_exists(cr, viewname):
    cr.execute(
        "SELECT c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relname = %s AND n.nspname = current_schema",
        (viewname,),
    )
    kind = cr.fetchone()
    if kind and kind[0] in ("v", "m"):
        cr.execute('DROP %sVIEW "%s" CASCADE' % ("MATERIALIZED " if kind[0] == "m" else "", viewname))
