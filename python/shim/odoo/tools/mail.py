"""Text to HTML and back."""

import re

from odoo._guest.html_text import html_to_text
from odoo._guest.markup import Markup, escape
from odoo._guest.missing import missing_attribute
from odoo._guest.native import native_functions
from odoo._guest.text import ustr
from odoo.release import version_info

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BREAKS = re.compile(r"(?:<\s*[bB][rR]\s*/?>\s*){2,}")
_URL = re.compile(r"""(?<!["'])(?:ftp|https?)://[^\s<"']+(?![^\s<"']*(?:["']|</a>))""")
_FORMATTING = re.compile(r"<\s*/?(?:p|div|section|span|br|b|i|font)(?:(?=\s)[^/>]*|\s*)/?\s*>")
_ICON = re.compile(r"""<\s*(?:i|span)\b[^>]*\bclass\s*=\s*["'][^"']*\b(?:fa|fab|fad|far|oi)\b""")

__path__ = []  # lets "from odoo.tools.mail import x" say who has x

# Parsing addresses and HTML has many corners; what is written to the database must not differ in one.
NATIVE = (
    "append_content_to_html", "email_domain_extract", "email_normalize", "email_normalize_all",
    "email_split", "email_split_and_format", "email_split_tuples", "encapsulate_email", "formataddr",
    "html_normalize", "html_sanitize", "html_to_inner_content", "prepend_html_content",
)  # fmt: skip
native_functions(__name__, globals(), NATIVE)


def __getattr__(name):
    raise missing_attribute(__name__, name)


def html_keep_url(text):
    """The text with its addresses of pages turned into links."""
    parts, position = [], 0
    for match in _URL.finditer(text):
        url = match.group(0)
        parts.append(text[position : match.start()])
        parts.append('<a href="%s" target="_blank" rel="noreferrer noopener">%s</a>' % (url, url))
        position = match.end()
    parts.append(text[position:])
    return "".join(parts)


def plaintext2html(text, container_tag=None):
    """
    Plain text as HTML: escaped, lines broken by `<br/>`, addresses as links, blank lines between
    paragraphs, all in `container_tag` when one is given.
    """
    body = html_keep_url(_LINE_BREAK.sub("<br/>", str(escape(ustr(text)))))
    body = "<p>%s</p>" % _BREAKS.sub("</p><p>", body)
    if container_tag:
        body = "<%s>%s</%s>" % (container_tag, body, container_tag)
    return Markup(body)


def html2plaintext(html, body_id=None, encoding="utf-8", include_references=True):
    """HTML as plain text: `*bold*`, `/italic/`, links numbered and listed at the end."""
    if not (html and ustr(html).strip()):
        return ""
    return html_to_text(ustr(html), body_id, include_references)


def is_html_empty(html_content):
    """Whether nothing but formatting is in the HTML; from 17.0 on icons count as content."""
    if not html_content:
        return True
    if version_info[0] >= 17 and _ICON.search(html_content):
        return False
    return not _FORMATTING.sub("", html_content).strip()


def email_escape_char(email_address):
    """The address with the wildcards of LIKE escaped."""
    return email_address.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
