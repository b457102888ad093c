"""Methods of particular models that are plain enough to live here."""

from odoo._records.external_ids import ExternalIdMethods
from odoo._records.module_queue import ModuleMethods


class ParameterMethods:
    """`ir.config_parameter`."""

    __slots__ = ()

    def get_param(self, key, default=False):
        """The value of a system parameter, or the default."""
        self.env.transaction.flush()
        self.env.cr.execute("SELECT value FROM ir_config_parameter WHERE key = %s", (key,))
        row = self.env.cr.fetchone()
        return (row and row[0]) or default

    def set_param(self, key, value):
        """Sets a system parameter, deletes it for False and None; answers the value before."""
        found = self.search([("key", "=", key)])
        before = found.value if found else False
        if value is False or value is None:
            found.unlink()
        elif not found:
            self.create({"key": key, "value": str(value)})
        elif str(value) != before:
            found.write({"value": str(value)})
        return before


class LanguageMethods:
    """`res.lang`."""

    __slots__ = ()

    def get_installed(self):
        """Code and name of the active languages, by name."""
        self.env.cr.execute("SELECT code, name FROM res_lang WHERE active ORDER BY name")
        return [tuple(row) for row in self.env.cr.fetchall()]


_METHODS = {
    "ir.config_parameter": (ParameterMethods,),
    "ir.model.data": (ExternalIdMethods,),
    "ir.module.module": (ModuleMethods,),
    "res.lang": (LanguageMethods,),
}


def methods_of(model):
    """The classes with the model's own methods."""
    return _METHODS.get(model, ())
