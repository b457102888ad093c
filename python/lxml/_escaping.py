"""Characters that cannot stand as they are in what is written."""

import re
from urllib.parse import quote

from ._html_tables import URL_CHARACTERS

_in_text = re.compile("[&<>\r]").search
_in_attribute = re.compile('[&<>"\n\r\t]').search
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE = {**_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_text_table = str.maketrans(_TEXT)
_attribute_table = str.maketrans(_ATTRIBUTE)
_html_table = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Server-side includes and script macros, which HTML attributes keep as they are.
_html_kept = re.compile(r"(<!--.*?-->|&\{.*?\})", re.DOTALL).split


def xml_text(text):
    """Text of an XML document."""
    return text.translate(_text_table) if _in_text(text) else str.__str__(text)


def xml_attribute(text):
    """An attribute value of an XML document, without its quotes."""
    return text.translate(_attribute_table) if _in_attribute(text) else str.__str__(text)


def html_text(text, in_html=True):
    """Text of an HTML document; carriage returns only stay where the document was HTML."""
    return text.translate(_html_table if in_html else _text_table)


def html_attribute(text, in_html=True):
    """An attribute value of an HTML document, without its quotes."""
    if not in_html:
        return text.translate(_text_table)
    if "<!--" not in text and "&{" not in text:
        return text.translate(_html_table)
    parts = _html_kept(text)
    return "".join(part if index % 2 else part.translate(_html_table) for index, part in enumerate(parts))


def html_url(escaped):
    """A URL in an attribute, from the escaped value."""
    return quote(escaped.lstrip(" \t\r\n"), URL_CHARACTERS)


def quoted(value):
    """A value in the quotes that it does not hold itself."""
    if '"' not in value:
        return '"%s"' % value
    if "'" not in value:
        return "'%s'" % value
    return '"%s"' % value.replace('"', "&quot;")
