"""Deletions of openupgradelib, by the ORM: what models forbid stays, as their own rules say."""

import logging

_logger = logging.getLogger("OpenUpgrade")


def delete_records_safely_by_xml_id(env, xml_ids, delete_childs=False):
    """
    Deletes records by external identifier; one that cannot be deleted is kept by a ``noupdate``, so that the
    cleanup at the end does not try again.
    """
    from odoo.exceptions import UserError
    from psycopg2 import IntegrityError

    for xml_id in xml_ids:
        _logger.debug("Deleting record for XML-ID %s", xml_id)
        try:
            with env.cr.savepoint():
                _delete(env, xml_id, delete_childs)
        except (KeyError, IntegrityError, UserError) as error:
            _logger.info("Error deleting XML-ID %s: %r", xml_id, error)
            module, _, name = xml_id.partition(".")
            env.cr.execute(
                "UPDATE ir_model_data SET noupdate = true WHERE module = %s AND name = %s", (module, name)
            )


def delete_sql_constraint_safely(env, module, table, name):
    """Drops a constraint of a table and deletes the record that reflects it."""
    from odoo.tools import sql
    from psycopg2.extensions import quote_ident

    if not sql.table_exists(env.cr, table):
        raise ValueError("There is no table %s" % table)
    constraint = "%s_%s" % (table, name)
    connection = env.cr._cnx
    env.cr.execute(
        "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s"
        % (quote_ident(table, connection), quote_ident(constraint, connection))
    )
    delete_records_safely_by_xml_id(env, ["%s.constraint_%s" % (module, constraint)])


def _delete(env, xml_id, with_children):
    records = env.ref(xml_id, raise_if_not_found=False)
    if not records:
        return
    if with_children:
        children = records.search([("inherit_id", "child_of", records.id)], order="id desc")
        records = children | records
    records.exists().unlink()
