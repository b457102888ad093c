"""Where the names of the library are: in a module of this package, or in the host."""

from odoo._guest.forwarding import build_forwarder, host_names

_OWN = {
    "const": ("BIG_TABLE_THRESHOLD", "ENVIRON", "NEARLYWARN"),
    "domains": ("FALSE_LEAF", "TRUE_LEAF", "is_leaf", "normalize_domain", "normalize_leaf"),
    "exceptions": (
        "MigrationError", "SleepyDeveloperError", "UnknownModuleError", "UpgradeError", "UpgradeWarning",
    ),
    "logger": ("getLogger",),
    "misc": (
        "AUTO", "AUTOMATIC", "Sentinel", "chunks", "expand_braces", "has_design_themes", "has_enterprise",
        "import_script", "log_chunks", "log_progress", "on_CI", "once", "parse_version", "skippable_cm",
        "split_osenv", "splitlines", "str2bool", "version_between", "version_gte",
    ),
    "expressions": ("SelfPrint", "SelfPrintEvalContext", "ast_unparse", "literal_replace", "safe_eval"),
    "orm": ("env", "flush", "invalidate", "iter_browse", "recompute", "recompute_fields"),
    "pg": (
        "ColumnList", "PGRegexp", "SQLStr", "bulk_update_table", "explode_execute", "explode_query",
        "explode_query_range", "format_query", "get_columns", "get_common_columns", "get_max_workers",
        "get_value_or_en_translation", "named_cursor", "parallel_execute", "pg_array_uniq",
        "pg_html_escape", "pg_replace", "pg_text2html", "query_ids", "savepoint", "temp_index",
    ),
    "records": ("if_unchanged",),
    "report": (
        "add_to_migration_reports", "announce", "announce_migration_report", "announce_release_note",
        "get_anchor_link_to_record", "report_message", "report_with_list", "report_with_summary",
    ),
}  # fmt: skip

# Other names that the library has for the same function.
_ALIASES = {
    "convert_field_to_property": "make_field_company_dependent",
    "delete_model": "remove_model",
    "force_migration_of_fresh_module": "force_upgrade_of_fresh_module",
    "m2o2m2m": "convert_m2o_field_to_m2m",
}


def own_names():
    """The names that this package defines, with their module."""
    return {name: place for place, names in _OWN.items() for name in names}


def host_function(module, name):
    """The host's function of that name; AttributeError when it has none."""
    if name.startswith("__"):
        raise AttributeError("module %r has no attribute %r" % (module, name))
    helper = "util." + name
    if helper not in host_names():
        helper = "util." + _ALIASES.get(name, name)
    if helper not in host_names():
        raise AttributeError("%s has no function %r" % (module, name))
    return build_forwarder(helper, module, name)


def forwarding(module, namespace):
    """Builds a sub-module's `__getattr__`: this package's own names, then the host's."""
    places = own_names()

    def getter(name):
        place = places.get(name)
        if place is not None and not module.endswith("." + place):
            value = getattr(__import__("odoo_upgrade.util." + place, fromlist=["*"]), name)
        else:
            value = host_function(module, name)
        namespace[name] = value
        return value

    return getter
