"""Statements: text, pieces, tables' columns, cursors."""

from odoo_upgrade.util._bulk import bulk_update_table, query_ids  # noqa: F401
from odoo_upgrade.util._columns import ColumnList, get_columns, get_common_columns  # noqa: F401
from odoo_upgrade.util._cursors import named_cursor  # noqa: F401
from odoo_upgrade.util._exploding import explode_execute, explode_query, explode_query_range  # noqa: F401
from odoo_upgrade.util._fragments import (  # noqa: F401
    PGRegexp,
    SQLStr,
    format_query,
    get_value_or_en_translation,
    pg_array_uniq,
    pg_html_escape,
    pg_replace,
    pg_text2html,
)
from odoo_upgrade.util._names import forwarding
from odoo_upgrade.util._running import get_max_workers, parallel_execute, savepoint, temp_index  # noqa: F401

ON_DELETE_ACTIONS = frozenset(("SET NULL", "CASCADE", "RESTRICT", "NO ACTION", "SET DEFAULT"))

__getattr__ = forwarding(__name__, globals())
