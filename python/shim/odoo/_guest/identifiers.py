"""Names of indexes and other objects, as each release makes them."""

import zlib

from odoo.release import version_info


def make_identifier(identifier):
    """A name that PostgreSQL does not cut: long ones end in a checksum of the whole."""
    if len(identifier) <= 63:
        return identifier
    return "%s_%08x" % (identifier[:54], zlib.crc32(identifier.encode()))


def make_index_name(table_name, column_name):
    """The name of the index of a column."""
    if version_info[0] < 17:
        return "%s_%s_index" % (table_name, column_name)
    return make_identifier("%s__%s_index" % (table_name, column_name))
