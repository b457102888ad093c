"""Lists of columns that write themselves into statements."""

from collections import UserList

from psycopg2 import sql
from psycopg2.extensions import quote_ident

_KEEP = object()


class ColumnList(UserList, sql.Composable):
    """
    Quoted column names as a list; inside a composed statement they are separated by commas, with an
    alias and commas around as `using` says.
    """

    def __init__(self, list_=(), quoted=()):
        if len(list_) != len(quoted):
            raise AssertionError("a quoted name per name is needed")
        UserList.__init__(self, quoted)
        self._names = list(list_)
        self._alias = None
        self._leading = self._trailing = False

    @classmethod
    def from_unquoted(cls, cr, list_):
        """The list for plain names."""
        names = list(list_)
        return cls(names, [quote_ident(name, cr._obj) for name in names])

    def using(self, leading_comma=_KEEP, trailing_comma=_KEEP, alias=_KEEP):
        """The same columns, written differently."""
        other = ColumnList(self._names, self.data)
        other._leading = self._leading if leading_comma is _KEEP else bool(leading_comma)
        other._trailing = self._trailing if trailing_comma is _KEEP else bool(trailing_comma)
        other._alias = self._alias if alias is _KEEP else alias
        return other

    def iter_unquoted(self):
        """The plain names."""
        return iter(self._names)

    def as_string(self, context):
        if not self._names:
            return ""
        parts = (self._alias,) if self._alias else ()
        body = ", ".join(sql.Identifier(*parts, name).as_string(context) for name in self._names)
        return (", " if self._leading else "") + body + ("," if self._trailing else "")

    def _state(self):
        return tuple(self._names), tuple(self.data), self._leading, self._trailing, self._alias

    def __eq__(self, other):
        return isinstance(other, ColumnList) and self._state() == other._state()

    def __hash__(self):
        return hash(self._state())

    def __repr__(self):
        return "ColumnList(%r)" % self._names


def get_columns(cr, table, ignore=("id",)):
    """The table's columns by name, without the ignored ones."""
    cr.execute(
        "SELECT column_name, quote_ident(column_name) FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name = %s AND column_name != ALL(%s) ORDER BY column_name",
        [table, list(ignore)],
    )
    return _fetched(cr)


def get_common_columns(cr, table1, table2, ignore=("id",), type_check=True):
    """The columns that both tables have, with the same type unless `type_check` is false."""
    cr.execute(
        "SELECT column_name, quote_ident(column_name) FROM information_schema.columns a"
        " JOIN information_schema.columns b USING (table_schema, column_name)"
        " WHERE table_schema = 'public' AND a.table_name = %s AND b.table_name = %s"
        " AND column_name != ALL(%s) AND (NOT %s OR a.udt_name = b.udt_name) ORDER BY 1",
        [table1, table2, list(ignore), type_check],
    )
    return _fetched(cr)


def _fetched(cr):
    rows = cr.fetchall()
    return ColumnList([name for name, _quoted in rows], [quoted for _name, quoted in rows])
