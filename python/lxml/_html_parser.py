"""HTML as libxml2 2.9 reads it: not HTML5's rules, but those that Odoo's values were made with."""

import re

from ._html_builder import HtmlBuilder
from ._html_encoding import HtmlBytes
from ._html_scanner import END
from ._html_tables import CLOSED_BY_START
from ._html_tags import HtmlTags
from ._source import TextSource

_start_name_at = re.compile(r"<([A-Za-z_:][A-Za-z0-9:_\-]{0,99})").match
_document_type_at = re.compile(r"<!doctype", re.IGNORECASE).match
_raw_end = re.compile(r"</").search
_RAW = ("script", "style")


def build(data, doc):
    """Fills a document from text or bytes."""
    bytes_read = None
    if isinstance(data, bytes):
        bytes_read = HtmlBytes(data, doc.parser.options.encoding)
        text = bytes_read.text
    else:
        text = data
    source = TextSource()
    reader = _HtmlReader(text, HtmlBuilder(doc, source), bytes_read)
    reader.document()
    source.text = reader.text
    doc.encoding = bytes_read.encoding if bytes_read is not None else "UTF-8"


class _HtmlReader(HtmlTags):
    def __init__(self, text, builder, bytes_read):
        super().__init__(text, builder)
        self._bytes = bytes_read
        self._current = None
        self._depth = 0

    def declared(self, attrs):
        if self._bytes is not None:
            self.text = self._bytes.declared(attrs, self.text, self.at)

    def document(self):
        """The whole document."""
        self.skip_blanks()
        self._miscellaneous()
        if _document_type_at(self.text, self.at):
            self.document_type()
        self.skip_blanks()
        self._miscellaneous()
        while self._token():
            pass
        self.builder.finish()

    def _miscellaneous(self):
        while True:
            if self.text.startswith("<!--", self.at):
                self.comment()
            elif self.text.startswith("<?", self.at):
                self.instruction()
            else:
                return
            self.skip_blanks()

    def _note_place(self):
        names = self.builder.names
        self._current = names[-1] if names else None
        self._depth = len(names)

    def _token(self):
        text, at, names = self.text, self.at, self.builder.names
        if text.startswith("</", at):
            if self.end_tag() and (self._current is not None or not names):
                self._note_place()
            return True
        start = _start_name_at(text, at)
        if start is not None and names and (names[-1], start.group(1).lower()) in CLOSED_BY_START:
            self.auto_close(start.group(1).lower())
            return True
        if names and self._depth >= len(names) and self._current != names[-1]:
            self._note_place()
            return True
        if self._current in _RAW and text[at : at + 1] not in END:
            self._raw()
            return True
        if _document_type_at(text, at):
            self.document_type()
            text, at = self.text, self.at
        return self._content(text[at : at + 1])

    def _content(self, here):
        text, at = self.text, self.at
        if here == "<":
            if text.startswith("<!--", at):
                self.comment()
            elif text.startswith("<?", at):
                self.instruction()
            elif text[at + 1 : at + 2].isascii() and text[at + 1 : at + 2].isalpha():
                self.start_tag()
                self._note_place()
            else:
                self.builder.text("<")
                self.at += 1
        elif here == "&":
            self.reference()
        elif here in END:
            return False
        else:
            self.characters()
        return True

    def _raw(self):
        """What is in a script or a style: text up to its own end tag."""
        text, start = self.text, self.at
        end = start
        while True:
            match = _raw_end(text, end)
            if match is None:
                end = len(text)
                break
            end = match.start()
            name = text[end + 2 : end + 2 + len(self._current)]
            if name.lower() == self.builder.names[-1]:
                break
            end += 2
        self.at = end
        self.builder.text(text[start:end])
