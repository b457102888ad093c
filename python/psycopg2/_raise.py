"""Makes the exception for an error that the host sends."""

import moultg


def database_error(fields):
    """The exception for ``fields`` as the host sends them (kind ``sql``)."""
    from ._server_message import server_message
    from .errors import class_of

    text = server_message(fields)
    code = fields.get("code") or "XX000"
    error = class_of(code)(text)
    error.pgcode = code
    error.pgerror = "%s:  %s" % (fields.get("severity") or "ERROR", text)
    error._fields = fields
    return error


moultg.register_error("sql", database_error)
