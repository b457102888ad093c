"""What Odoo uses of a module that Python 3.13 has removed."""

from email.message import Message
from html import escape as _escape


def parse_header(line):
    """A header's value and its parameters."""
    message = Message()
    message["content-type"] = line
    parameters = message.get_params(failobj=[("", "")])
    return line.partition(";")[0].strip(), dict(parameters[1:])


def escape(text, quote=False):
    """Text for HTML."""
    return _escape(text, quote)
