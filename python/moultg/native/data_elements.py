"""Elements of data files that only Odoo's own importer understands."""

import os

from . import session


def call_function(module, file, line, mode, noupdate):
    """Calls what the `<function>` at this line of a file of the module says, with what it says."""
    from lxml import etree
    from odoo import release
    from odoo.tools.convert import xml_import

    root = etree.parse(file).getroot()
    found = [one for one in root.iter("function") if one.sourceline == line]
    if len(found) != 1:
        raise LookupError("%s, line %s: %d elements <function>" % (file, line, len(found)))
    registry = session.opened()
    with session.border(registry):
        env = registry.environment()
        origin = env if release.version_info[0] >= 17 else env.cr
        name = os.path.join(module, os.path.basename(file))
        importer = xml_import(origin, module, {}, mode, noupdate=noupdate, xml_filename=name)
        importer._tag_function(found[0])
