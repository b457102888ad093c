"""HTML to plain text, without an HTML library."""

from html.parser import HTMLParser

from odoo.release import version_info

_MARKS = {"strong": "*", "b": "*", "h3": "*", "h2": "**", "h1": "**", "em": "/"}
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"))
# Elements that end an open paragraph, and those within which one may stay open outside.
_BLOCKS = frozenset(
    (
        "address", "blockquote", "center", "dir", "div", "dl", "fieldset", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "hr", "menu", "ol", "p", "pre", "table", "ul",
    )
)  # fmt: skip
_CONTAINERS = frozenset(("blockquote", "body", "dd", "div", "fieldset", "form", "li", "td", "th"))


def html_to_text(html, body_id=None, include_references=True):
    """The text of the HTML, with marks for emphasis, and its links listed at the end."""
    writer = _Writer(body_id, include_references)
    writer.feed(html)
    writer.close()
    text = writer.text().replace("\r", "").replace("  ", " ")
    text = "\n".join(line.strip() for line in text.splitlines()).replace("\n\n", "\n")
    if writer.urls:
        text += "\n\n" + "".join("[%d] %s\n" % pair for pair in enumerate(writer.urls, 1))
    return text.strip()


class _Writer(HTMLParser):
    """Writes what an HTML parser's tree would, serialised and stripped of its tags."""

    def __init__(self, body_id, references):
        super().__init__(convert_charrefs=True)
        self.urls = []
        self._pieces = []
        self._body_id = body_id
        self._references = references
        self._open = []
        self._in_head = False
        self._started = False
        # Whether the number of a link is still to be written, after its first text.
        self._link_waits = False

    def text(self):
        return "".join(self._pieces)

    def handle_starttag(self, tag, attributes):
        self._started = True
        self._number_link(None)
        if tag in ("html", "!doctype"):
            return
        if tag in ("head", "body"):
            self._in_head = tag == "head"
            return
        if tag in _BLOCKS:
            self._end_paragraph()
        attributes = dict(attributes)
        if self._body_id is not None and attributes.get("id") == self._body_id:
            del self._pieces[:], self.urls[:]
        self._pieces.append(self._opening(tag, attributes))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def _opening(self, tag, attributes):
        if tag == "a" and attributes.get("href") and self._references:
            self.urls.append(attributes["href"])
            self._link_waits = True
            return " "
        if attributes:
            return " "
        return "\n" if tag in ("br", "tr") else _MARKS.get(tag, " ")

    def handle_endtag(self, tag):
        self._number_link(None)
        if tag == "head":
            self._in_head = False
        if tag in ("head", "body", "html") or tag in _VOID:
            return
        if tag not in self._open:
            if tag == "p":
                self._pieces.append(" \n")
            return
        while self._open.pop() != tag:
            continue
        self._pieces.append("\n" if tag == "p" else _MARKS.get(tag, " "))

    def handle_data(self, data):
        if self._in_head:
            return
        if not self._started:
            if not data.strip():
                return
            # A document that begins with text begins with a paragraph.
            self._started = True
            self._open.append("p")
        self._number_link(data)

    def close(self):
        super().close()
        self._end_paragraph()

    def _number_link(self, data):
        if not self._link_waits:
            self._pieces.append(data or "")
            return
        self._link_waits = False
        # Odoo up to 16.0 writes the word None for a link that begins with an element.
        shown = data if data is not None else ("None" if version_info[0] < 17 else "")
        self._pieces.append("%s [%d]" % (shown, len(self.urls)))

    def _end_paragraph(self):
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index] in _CONTAINERS:
                return
            if self._open[index] == "p":
                del self._open[index:]
                self._pieces.append("\n")
                return
