"""Modules get their new names, and translated texts the one column that Odoo 16 keeps them in."""

from openupgradelib import openupgrade

from odoo.addons.openupgrade_scripts.apriori import merged_modules, renamed_modules
from odoo.tools.sql import convert_column_translatable, table_columns


def merge_translations(cr, model, table, field):
    """The other languages, which 15.0 has in a table of their own."""
    openupgrade.logged_query(
        cr,
        """
        UPDATE %(table)s AS record
           SET %(field)s = record.%(field)s || texts.by_language
          FROM (SELECT res_id, jsonb_object_agg(lang, value) AS by_language
                  FROM ir_translation
                 WHERE type = 'model' AND name = %%s AND state = 'translated'
                 GROUP BY res_id) AS texts
         WHERE texts.res_id = record.id
        """
        % {"table": table, "field": field},
        ("%s,%s" % (model, field),),
    )


def translate_in_place(cr):
    cr.execute("SELECT model, name FROM ir_model_fields WHERE translate AND store ORDER BY model, name")
    for model, field in cr.fetchall():
        table = openupgrade.get_model2table(model)
        column = table_columns(cr, table).get(field)
        if column and column["udt_name"] in ("varchar", "text"):
            convert_column_translatable(cr, table, field, "jsonb")
            merge_translations(cr, model, table, field)
    openupgrade.logged_query(cr, "DROP TABLE ir_translation")


@openupgrade.migrate(use_env=False)
def migrate(cr, version):
    openupgrade.update_module_names(cr, renamed_modules.items())
    openupgrade.update_module_names(cr, merged_modules.items(), merge_modules=True)
    openupgrade.clean_transient_models(cr)
    translate_in_place(cr)
