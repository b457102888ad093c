"""The tools that migration scripts import; each is loaded when it is first used."""

from odoo._guest.missing import lazy_names
from odoo.release import version_info

_TABLE = {
    "odoo.tools.convert": ("convert_file",),
    "odoo.tools.date_utils": (
        "date_range", "date_type", "end_of", "get_fiscal_year", "get_month", "get_quarter",
        "get_quarter_number", "get_timedelta", "json_default", "start_of", "subtract", "add",
    ),
    "odoo.tools.float_utils": (
        "float_compare", "float_is_zero", "float_repr", "float_round", "float_split",
        "float_split_str", "json_float_round",
    ),
    "odoo.tools.func": (
        "classproperty", "compose", "conditional", "filter_kwargs", "lazy", "lazy_property",
    ),
    "odoo.tools.mail": (
        "append_content_to_html", "email_domain_extract", "email_escape_char", "email_normalize",
        "email_normalize_all", "email_split", "email_split_and_format", "email_split_tuples",
        "formataddr", "html2plaintext", "encapsulate_email", "html_normalize", "html_sanitize",
        "html_to_inner_content", "prepend_html_content", "html_keep_url", "is_html_empty", "plaintext2html",
    ),
    "odoo.tools.misc": (
        "Callbacks", "Collector", "ConstantMapping", "DATE_LENGTH", "DEFAULT_SERVER_DATETIME_FORMAT",
        "DEFAULT_SERVER_DATE_FORMAT", "DEFAULT_SERVER_TIME_FORMAT", "DotDict", "LastOrderedSet",
        "OrderedSet", "ReadonlyDict", "Reverse", "ReversedIterable", "attrgetter", "clean_context",
        "consteq", "discardattr", "file_open", "file_path", "flatten", "freehash", "frozendict",
        "get_iso_codes", "get_lang", "groupby", "has_list_types", "hmac", "html_escape", "human_size",
        "ignore", "is_list_of", "lower_logging", "merge_sequences", "mod10r", "mute_logger",
        "partition", "pickle", "remove_accents", "replace_exceptions", "resolve_attr",
        "reverse_enumerate", "split_every", "str2bool", "submap", "to_xml", "topological_sort",
        "unique", "unquote", "ustr", "babel_locale_parse", "formatLang", "format_amount", "format_date",
        "format_datetime", "format_decimalized_amount", "format_decimalized_number", "format_duration",
        "format_time", "get_diff", "parse_date", "posix_to_ldml", "street_split",
    ),
    "odoo._guest.relative": ("relativedelta",),
    "odoo.tools.sql": (
        "add_constraint", "add_foreign_key", "check_index_exist", "column_exists",
        "constraint_definition", "convert_column", "convert_column_translatable", "create_column",
        "create_index", "create_model_table", "create_unique_index", "drop_constraint",
        "drop_depending_views", "drop_index", "drop_not_null", "drop_view_if_exists", "escape_psql",
        "existing_tables", "fix_foreign_key", "get_depending_views", "get_foreign_keys",
        "index_exists", "make_identifier", "make_index_name", "pg_varchar", "rename_column",
        "reverse_order", "set_not_null", "table_columns", "table_exists", "table_kind",
    ) + (("SQL",) if version_info[0] >= 17 else ()),
    "odoo.tools.translate": ("_", "_lt", "html_translate", "xml_translate"),
}  # fmt: skip

__all__ = [name for names in _TABLE.values() for name in names if not name.startswith("_")]
__all__ += ["config", "parse_version"]
_SUBMODULES = (
    "convert", "date_utils", "float_utils", "func", "mail", "misc", "safe_eval", "sql", "translate",
)  # fmt: skip
_named = lazy_names(__name__, globals(), _TABLE)


def __getattr__(name):
    if name in _SUBMODULES:
        return __import__("%s.%s" % (__name__, name), fromlist=["*"])
    return _named(name)


# Objects that carry the name of their module: the module must not take their place later.
from odoo.tools.config import config  # noqa: E402
from odoo.tools.parse_version import parse_version  # noqa: E402
