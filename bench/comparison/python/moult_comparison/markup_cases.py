"""Cases that rest on lxml: views, sanitising, templates, reports."""

import random

from .outcomes import shown

VIEW_MODELS = (
    "res.partner res.users res.company product.template product.product sale.order sale.order.line "
    "account.move account.move.line account.journal stock.picking stock.move purchase.order project.project "
    "project.task crm.lead hr.employee mail.message res.currency ir.cron"
).split()
VIEW_TYPES = ("form", "tree", "search", "kanban")
REPORTS = (
    "sale.action_report_saleorder",
    "account.account_invoices",
    "purchase.action_report_purchase_order",
    "stock.action_report_delivery",
)
DAMAGED = 1500
SANITIZE_OPTIONS = ({}, {"sanitize_attributes": True, "sanitize_style": True, "strip_classes": True})


def run_values(outcomes, env):
    """The Html values of the database, and damaged ones."""
    texts = html_values(env)
    _sanitize(outcomes, texts)
    _round_trip(outcomes, texts)


def run_templates(outcomes, env):
    """What QWeb renders."""
    _templates(outcomes, env)
    _reports(outcomes, env)


def run_views(outcomes, env):
    """Combined views, their terms, and what clients get of them."""
    from lxml import etree

    views = env["ir.ui.view"].with_context(active_test=False).search([("mode", "=", "primary")], order="id")
    combined = {}
    with outcomes.group("combined views") as cases:
        for view in views:
            name = "%s %s" % (view.id, view.xml_id or view.name)

            def combine(view=view, name=name):
                combined[name] = _combined(view, etree)
                return combined[name]

            outcomes.run(cases, name, combine)
    _translate(outcomes, combined)
    with outcomes.group("get_view") as cases:
        for model in VIEW_MODELS:
            for kind in VIEW_TYPES if model in env else ():
                outcomes.run(cases, "%s %s" % (model, kind), lambda m=model, k=kind: _view(env[m], k))


def _combined(view, etree):
    if hasattr(view, "_get_combined_arch"):
        return etree.tostring(view._get_combined_arch(), encoding="unicode")
    return view.read_combined(["arch"])["arch"]


def _view(model, kind):
    if hasattr(model, "get_view"):
        view = model.get_view(view_type=kind)
        # The fields come from Python sets.
        return [view["arch"], {name: set(fields) for name, fields in view["models"].items()}]
    view = model.fields_view_get(view_type=kind)
    return [view["arch"], sorted(view["fields"])]


def _translate(outcomes, combined):
    from odoo.tools.translate import xml_translate

    with outcomes.group("xml_translate") as cases:
        for name, arch in combined.items():
            outcomes.run(cases, name, lambda text=arch: xml_translate(lambda term: "[%s]" % term, text))


def html_values(env):
    """The distinct values of all stored Html fields, in an order that every interpreter has."""
    values = set()
    for model in env.registry.models.values():
        if model._abstract or not model._auto:
            continue
        for field in model._fields.values():
            if field.type == "html" and field.store and field.column_type:
                column = 'CAST("%s" AS text)' % field.name
                if getattr(field, "translate", False) and field.column_type[0] == "jsonb":
                    column = '"%s"->>\'en_US\'' % field.name
                env.cr.execute('SELECT DISTINCT %s FROM "%s"' % (column, model._table))
                values.update(text for (text,) in env.cr.fetchall() if text)
    return sorted(values)


def _sanitize(outcomes, texts):
    from mutated import mutated
    from odoo.tools import html_sanitize

    def sanitize(text):
        return [shown(html_sanitize(text, **options)) for options in SANITIZE_OPTIONS]

    with outcomes.group("html_sanitize") as cases:
        for number, text in enumerate(texts):
            outcomes.run(cases, "value %d" % number, lambda text=text: sanitize(text))
    rnd = random.Random(7)
    with outcomes.group("html_sanitize, damaged") as cases:
        for number in range(DAMAGED if texts else 0):
            text = mutated(rnd.choice(texts)[: rnd.choice((200, 600, 3000))], rnd)
            outcomes.run(cases, "damaged %d" % number, lambda text=text: sanitize(text)[0])


def _round_trip(outcomes, texts):
    from lxml import etree, html

    def written(text):
        root = html.fromstring("<div>%s</div>" % text)
        return etree.tostring(root, encoding="unicode") + html.tostring(root, encoding="unicode")

    with outcomes.group("parsed and written") as cases:
        for number, text in enumerate(texts):
            outcomes.run(cases, "value %d" % number, lambda text=text: written(text))


def _templates(outcomes, env):
    with outcomes.group("mail templates") as cases:
        for template in env["mail.template"].search([], order="id") if "mail.template" in env else ():
            record = template.model in env and env[template.model].search([], order="id", limit=1)
            if record:
                name = "%s %s" % (template.id, template.name)
                outcomes.run_undone(cases, name, lambda t=template, r=record: _rendered(t, r))


def _rendered(template, record):
    return template._render_field("body_html", record.ids)[record.id]


def _reports(outcomes, env):
    # Bundles of assets are compiled by other programs; their links are left out.
    type(env["ir.qweb"])._get_asset_nodes = lambda self, *args, **kwargs: []
    with outcomes.group("reports") as cases:
        for name in REPORTS:
            report = env.ref(name, raise_if_not_found=False)
            if report and report.model in env:
                records = env[report.model].search([], order="id", limit=3)
                outcomes.run_undone(cases, name, lambda r=report, ids=records.ids: _report(r, ids))


def _report(report, ids):
    try:
        return report._render_qweb_html(report.report_name, ids)[0]
    except TypeError:
        # Up to Odoo 15, the report is the record itself.
        return report._render_qweb_html(ids)[0]
