"""``load_data`` of openupgradelib, by Odoo's own importers."""

import logging
import os

_logger = logging.getLogger("OpenUpgrade")


def load_data(env_or_cr, module_name, filename, idref=None, mode="init", xml_transformation_filename=None):
    """
    Loads a data file of a module: from the addons paths, else from below the entries of the upgrade path.

    Given a cursor up to Odoo 16 and an environment from 17 on, as Odoo's importers want it.
    """
    from odoo.tools import convert

    if xml_transformation_filename is not None or mode == "init_no_create":
        raise NotImplementedError(
            "load_data: transformations and mode init_no_create need openupgradelib itself"
        )
    _logger.info("%s: loading %s", module_name, filename)
    idref = {} if idref is None else idref
    with _open(module_name, filename) as stream:
        extension = os.path.splitext(filename)[1].lower()
        if extension == ".csv":
            arguments = (module_name, os.path.join(module_name, filename), stream.read(), idref)
            convert.convert_csv_import(env_or_cr, *arguments, mode, True)
        elif extension == ".sql":
            convert.convert_sql_import(env_or_cr, stream)
        else:
            convert.convert_xml_import(env_or_cr, module_name, stream, idref, mode=mode)


def _open(module, filename):
    from odoo import upgrade
    from odoo.modules import module as modules

    folder = modules.get_module_path(module, display_warning=False)
    folders = [folder] if folder else []
    folders += [os.path.join(entry, module) for entry in upgrade.__path__]
    for one in folders:
        path = os.path.join(one, filename)
        if os.path.isfile(path):
            return open(path, "rb")
    raise OSError("File not found: %s/%s" % (module, filename))
