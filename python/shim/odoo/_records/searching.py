"""Finding records and counting them."""

from odoo._records.cells import columns_of
from odoo.release import version_info


class Searching:
    """`search` and its relatives, `exists`, groups, and external identifiers."""

    __slots__ = ()

    if version_info[0] < 17:

        def search(self, domain, offset=0, limit=None, order=None, count=False):
            """The records that satisfy a domain (their number with `count`)."""
            if count:
                return self.search_count(domain)
            return self._found(domain, offset, limit, order)

    else:

        def search(self, domain, offset=0, limit=None, order=None):
            """The records that satisfy a domain."""
            return self._found(domain, offset, limit, order)

        def search_fetch(self, domain, field_names, offset=0, limit=None, order=None):
            """The records that satisfy a domain, with these fields read."""
            records = self._found(domain, offset, limit, order)
            records.fetch(field_names)
            return records

        def fetch(self, field_names):
            """Reads the fields of all records."""
            if self._ids:
                self._load(self._ids, list(field_names))

    def _found(self, domain, offset, limit, order):
        keywords = {}
        if offset:
            keywords["offset"] = offset
        if limit:
            keywords["limit"] = limit
        if order:
            keywords["order"] = order
        return self.browse(self.env.ask("orm.search", self._name, _list(domain), **keywords))

    def search_count(self, domain, limit=None):
        """How many records satisfy the domain."""
        keywords = {"limit": limit} if limit else {}
        return self.env.ask("orm.count", self._name, _list(domain), **keywords)

    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs):
        """What `read` gives of the records that satisfy the domain."""
        return self._found(domain or [], offset, limit, order).read(fields, **read_kwargs)

    def exists(self):
        """Those of the records that exist."""
        if not self._ids:
            return self
        ids = self.env.ask("orm.exists", self._name, list(self._ids))
        return self._make(self.env, tuple(ids), None)

    def read_group(self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True):
        """Groups with their aggregates, as dicts."""
        keywords = {"offset": offset, "lazy": lazy}
        if limit:
            keywords["limit"] = limit
        if orderby:
            keywords["orderby"] = orderby
        groups = [groupby] if isinstance(groupby, str) else list(groupby)
        return self.env.ask("orm.read_group", self._name, _list(domain), list(fields), groups, **keywords)

    if version_info[0] < 17:

        def _read_group(self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True):
            """Groups with their aggregates, as dicts."""
            return self.read_group(domain, fields, groupby, offset, limit, orderby, lazy)

    else:

        def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
            """Groups with their aggregates, as tuples; many2one groups as records."""
            keywords = {"offset": offset}
            if having:
                keywords["having"] = _list(having)
            if limit:
                keywords["limit"] = limit
            if order:
                keywords["order"] = order
            result = self.env.ask(
                "orm.group", self._name, _list(domain), list(groupby), list(aggregates), **keywords
            )
            columns = columns_of(result)
            shown = [self._group_value(spec) for spec in groupby]
            shown += [self._aggregate_value(spec) for spec in aggregates]
            columns = [[show(cell) for cell in cells] for show, cells in zip(shown, columns)]
            return list(zip(*columns)) if columns else []

    def _group_value(self, spec):
        model, path = self, spec.split(":")[0].split(".")
        for name in path[:-1]:
            model = self.env[model._fields[name].comodel_name]
        field = model._fields[path[-1]]
        if field.relational:
            comodel = self.env[field.comodel_name]
            return lambda cell: comodel.browse(cell)
        return lambda cell: False if cell is None else cell

    def _aggregate_value(self, spec):
        name, _, function = spec.partition(":")
        if function == "recordset":
            comodel = self if name == "id" else self.env[self._fields[name].comodel_name]
            return lambda cell: comodel.browse([one for one in cell or () if one is not None])
        if function == "sum":
            return lambda cell: cell or 0
        if function in ("array_agg", "array_agg_distinct"):
            return lambda cell: list(cell or ())
        return lambda cell: False if cell is None and function in ("bool_and", "bool_or") else cell

    def filtered_domain(self, domain):
        """Those of the records that satisfy the domain, in their order."""
        if not domain or not self._ids:
            return self
        everything = self.with_context(active_test=False)
        found = set(everything._found(["&", ("id", "in", list(self._ids))] + _normal(domain), 0, None, "id")._ids)
        return self._make(self.env, tuple(one for one in self._ids if one in found), self._prefetch)

    def get_external_id(self):
        """The first external identifier per id; an empty text where there is none."""
        found = self._get_external_ids()
        return {record_id: (names or [""])[0] for record_id, names in found.items()}

    def _get_external_ids(self):
        """All external identifiers per id."""
        found = self.env.ask("orm.external_ids", self._name, list(self._ids)) if self._ids else {}
        # JSON has text keys only; the host may send either.
        found = {int(record_id): list(names) for record_id, names in found.items()}
        return {record_id: found.get(record_id, []) for record_id in self._ids}


def _list(domain):
    return list(domain or [])


def _normal(domain):
    from odoo.osv.expression import normalize_domain

    return normalize_domain(domain)
