"""`ir.model.data`: finding and writing external identifiers."""

from odoo.release import version_info


def _parts(xmlid):
    module, dot, name = xmlid.partition(".")
    if not dot:
        raise ValueError("%s is no external identifier: it has no module" % xmlid)
    return module, name


class ExternalIdMethods:
    """The lookups of every release, and those that old releases had besides."""

    __slots__ = ()

    def _xmlid_lookup(self, *xmlid):
        """(model, id), up to 16.0 (id of the row, model, id); ValueError when there is none."""
        text = ".".join(xmlid)
        self.env.transaction.flush()
        self.env.cr.execute(
            "SELECT id, model, res_id FROM ir_model_data WHERE module = %s AND name = %s", _parts(text)
        )
        row = self.env.cr.fetchone()
        if not row or not row[2]:
            raise ValueError("External ID not found in the system: %s" % text)
        return tuple(row) if version_info[0] < 17 else tuple(row[1:])

    def _xmlid_to_res_model_res_id(self, xmlid, raise_if_not_found=False):
        """(model, id), or (False, False)."""
        try:
            return self._xmlid_lookup(xmlid)[-2:]
        except ValueError:
            if raise_if_not_found:
                raise
            return (False, False)

    def _xmlid_to_res_id(self, xmlid, raise_if_not_found=False):
        """The id, or False."""
        return self._xmlid_to_res_model_res_id(xmlid, raise_if_not_found)[1]

    def _update_xmlids(self, data_list, update=False):
        """Writes external identifiers: dicts with `xml_id`, `record` and perhaps `noupdate`."""
        rows = []
        for data in data_list:
            record = data["record"]
            rows.append(_parts(data["xml_id"]) + (record._name, record.id, bool(data.get("noupdate"))))
        if not rows:
            return
        self.env.transaction.flush()
        places = ", ".join(["%s"] * len(rows))
        self.env.cr.execute(
            "INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES " + places +
            " ON CONFLICT (module, name) DO UPDATE SET (model, res_id, write_date) ="
            " (EXCLUDED.model, EXCLUDED.res_id, now() AT TIME ZONE 'UTC')"
            + (" WHERE NOT ir_model_data.noupdate" if update else ""),
            rows,
        )
        self.env.transaction.cache.drop(self._name)

    if version_info[0] < 16:

        def xmlid_lookup(self, xmlid):
            return self._xmlid_lookup(xmlid)

        def xmlid_to_res_model_res_id(self, xmlid, raise_if_not_found=False):
            return self._xmlid_to_res_model_res_id(xmlid, raise_if_not_found)

        def xmlid_to_res_id(self, xmlid, raise_if_not_found=False):
            return self._xmlid_to_res_id(xmlid, raise_if_not_found)

        def xmlid_to_object(self, xmlid, raise_if_not_found=False):
            return self.env.ref(xmlid, raise_if_not_found)

        def get_object_reference(self, module, xml_id):
            return self._xmlid_lookup("%s.%s" % (module, xml_id))[-2:]

        def get_object(self, module, xml_id):
            return self.env.ref("%s.%s" % (module, xml_id))
