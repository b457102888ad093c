"""Pieces of SQL text."""

from psycopg2 import sql
from psycopg2.extensions import QuotedString


class SQLStr(str):
    """Text that is SQL: `format_query` takes it as it is."""

    __slots__ = ()


class PGRegexp(str):
    """Text that is a regular expression of PostgreSQL."""

    __slots__ = ()


def format_query(cr, query, *args, **kwargs):
    """`str.format` for SQL: plain text becomes a quoted name, SQLStr and composed SQL stay."""
    placed = [_placed(value) for value in args]
    named = {name: _placed(value) for name, value in kwargs.items()}
    return SQLStr(sql.SQL(query).format(*placed, **named).as_string(cr._obj))


def _placed(value):
    if isinstance(value, sql.Composable):
        return value
    return sql.SQL(value) if isinstance(value, SQLStr) else sql.Identifier(value)


def _literal(text):
    return QuotedString(str(text)).getquoted().decode()


def pg_array_uniq(a, drop_null=False):
    """The array expression without repetitions."""
    condition = " WHERE x IS NOT NULL" if drop_null else ""
    return SQLStr("ARRAY(SELECT x FROM unnest(%s) x%s GROUP BY x)" % (a, condition))


def pg_replace(s, replacements):
    """The text expression with pairs replaced, one after another."""
    for old, new in replacements:
        if isinstance(old, PGRegexp):
            s = "regexp_replace(%s, %s, %s, 'g')" % (s, _literal(old), _literal(new))
        else:
            s = "replace(%s, %s, %s)" % (s, _literal(old), _literal(new))
    return SQLStr(s)


def pg_html_escape(s, quote=True):
    """The text expression with HTML's special characters escaped."""
    pairs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")]
    if quote:
        pairs += [('"', "&quot;"), ("'", "&#x27;")]
    return pg_replace(s, pairs)


def pg_text2html(s, wrap="p"):
    """The text expression as HTML: escaped, addresses as links, lines broken; HTML stays as it is."""
    # Percent signs are doubled: the piece is meant for statements with parameters.
    url = r"https?://[-A-Za-z0-9+&@#/%%?=~_()|!:,.;]*[-A-Za-z0-9+&@#/%%=~_()|]"
    link = r'<a href="\&" target="_blank" rel="noreferrer noopener">\&</a>'
    linked = "regexp_replace(%s, '%s', '%s', 'g')" % (pg_html_escape(s, quote=False), url, link)
    broken = "replace(replace(%s, E'\\n', '<br>'), E'\\t', '&Tab;')" % linked
    before, after = ("<%s>" % wrap, "</%s>" % wrap) if wrap else ("", "")
    return SQLStr(
        "CASE WHEN TRIM(COALESCE(%s, '')) ~ '^<.+</\\w+>$' THEN %s ELSE CONCAT('%s', %s, '%s') END"
        % (s, s, before, broken, after)
    )


def get_value_or_en_translation(cr, table, column):
    """The column, or its English value where translations are kept in the column."""
    cr.execute(
        "SELECT udt_name FROM information_schema.columns WHERE table_schema = current_schema"
        " AND table_name = %s AND column_name = %s",
        [table, column],
    )
    row = cr.fetchone()
    if row and row[0] == "jsonb":
        return format_query(cr, "{}->>'en_US'", column)
    return format_query(cr, "{}", column)
