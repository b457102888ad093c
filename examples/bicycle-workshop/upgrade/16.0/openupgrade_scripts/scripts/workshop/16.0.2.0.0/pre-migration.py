"""Jobs become repairs, customers partners."""

from openupgradelib import openupgrade

_tables = [
    ("workshop_job", "workshop_repair"),
    ("workshop_job_line", "workshop_repair_line"),
    ("workshop_job_tag_rel", "workshop_repair_tag_rel"),
]
_models = [
    ("workshop.job", "workshop.repair"),
    ("workshop.job.line", "workshop.repair.line"),
]
_fields = [
    ("workshop.repair", "workshop_repair", "customer_id", "partner_id"),
    ("workshop.repair.line", "workshop_repair_line", "job_id", "repair_id"),
]
_xmlids = [
    ("workshop.view_workshop_job_form", "workshop.view_workshop_repair_form"),
    ("workshop.seq_workshop_job", "workshop.seq_workshop_repair"),
]


@openupgrade.migrate()
def migrate(env, version):
    cr = env.cr
    openupgrade.rename_tables(cr, list(_tables))
    openupgrade.rename_models(cr, _models)
    openupgrade.rename_fields(env, _fields)
    openupgrade.rename_columns(cr, {"workshop_repair_tag_rel": [("job_id", "repair_id")]})
    openupgrade.logged_query(
        cr,
        """
        UPDATE ir_model_fields SET relation_table = 'workshop_repair_tag_rel', column1 = 'repair_id'
         WHERE model = 'workshop.repair' AND name = 'tag_ids'
        """,
    )
    openupgrade.logged_query(
        cr,
        "UPDATE ir_model_fields SET relation_field = 'repair_id'"
        " WHERE model = 'workshop.repair' AND name = 'line_ids'",
    )
    openupgrade.rename_xmlids(cr, _xmlids)
    openupgrade.copy_columns(cr, {"workshop_repair": [("state", None, None)]})
