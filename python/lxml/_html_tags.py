"""Tags of HTML: attributes, and what a tag opens and closes besides itself."""

import re

from ._html_scanner import END, HtmlScanner, tag_name_at
from ._html_tables import CLOSED_BY_START, END_PRIORITIES, VOID

_bare_value_at = re.compile(r"[^ \t\r\n>\0]*").match
_plain_attribute_at = re.compile(
    r"""([A-Za-z_:.][A-Za-z0-9:_.\-]{0,99})[ \t\r\n]*=[ \t\r\n]*(?:"([^"&\0]*)"|'([^'&\0]*)')[ \t\r\n]*"""
).match
_junk_end = re.compile(r"[ \t\r\n>\0]|/>").search
_IN_HEAD = frozenset(("script", "style", "meta", "link", "title", "base"))
_FRAMES = frozenset(("noframes", "frame", "frameset"))
_OUTER = ("html", "body", "head")


class HtmlTags(HtmlScanner):
    """Start tags and end tags."""

    def __init__(self, text, builder):
        super().__init__(text, builder)
        self._head_seen = False
        self._body_seen = False
        #: How many tags of html, head and body were passed over: as many end tags are, too.
        self._discarded = 0

    def _open(self, name, attrs=(), offset=None):
        if name == "head":
            self._head_seen = True
        elif name == "body":
            self._body_seen = self._head_seen = True
        self.builder.start(name, attrs, self.at if offset is None else offset)

    def auto_close(self, name):
        """Closes the elements that a start tag ends."""
        names = self.builder.names
        while names and (names[-1], name) in CLOSED_BY_START:
            self.builder.end()

    def _imply(self, name, offset=None):
        names = self.builder.names
        if name == "html":
            return
        if not names:
            self._open("html", (), offset)
        if name in ("body", "head"):
            return
        if len(names) <= 1 and name in _IN_HEAD:
            if not self._head_seen:
                self._open("head", (), offset)
        elif name not in _FRAMES:
            if not self._body_seen and "body" not in names and "head" not in names:
                self._open("body", (), offset)

    def open_paragraph(self, offset=None):
        names = self.builder.names
        if not names or names[-1] in ("html", "head"):
            self.auto_close("p")
            self._imply("p", offset)
            self._open("p", (), offset)

    def start_tag(self):
        """A start tag, from ``<`` to its end."""
        match = tag_name_at(self.text, self.at + 1)
        self.at = match.end()
        name = match.group().lower()
        self.auto_close(name)
        self._imply(name)
        discarded = self._is_misplaced(name)
        attrs = self._attributes()
        if name == "meta" and attrs:
            self.declared(attrs)
        if not discarded:
            self._open(name, attrs)
        names = self.builder.names
        if not names:
            if self.text.startswith(">", self.at):
                self.at += 1
        elif self.text.startswith("/>", self.at):
            self.at += 2
            self.builder.end()
        elif not self.text.startswith(">", self.at):
            self.builder.end()
        else:
            self.at += 1
            if names[-1] in VOID:
                self.builder.end()

    def _is_misplaced(self, name):
        names = self.builder.names
        if name == "html":
            times = 1 if names else 0
        elif name == "head":
            times = 1 if len(names) != 1 else 0
        elif name == "body":
            times = names.count("body")
        else:
            return False
        self._discarded += times
        return times > 0

    def declared(self, attrs):
        """Takes note of a ``meta`` element, which may name the encoding."""

    def _attributes(self):
        text = self.text
        self.skip_blanks()
        found, names = [], set()
        while True:
            match = _plain_attribute_at(text, self.at)
            if match is not None:
                key, double, single = match.groups()
                value = single if double is None else double
                self.at = match.end()
            else:
                here = text[self.at : self.at + 1]
                if here in END or here == ">" or text.startswith("/>", self.at):
                    return found
                key, value = self._attribute()
            if key is not None:
                key = key.lower()
                if key not in names:
                    names.add(key)
                    found.append((key, value))

    def _attribute(self):
        match = tag_name_at(self.text, self.at)
        if match is None:
            junk = _junk_end(self.text, self.at)
            self.at = len(self.text) if junk is None else junk.start()
            self.skip_blanks()
            return None, None
        self.at = match.end()
        self.skip_blanks()
        value = None
        if self.text.startswith("=", self.at):
            self.at += 1
            self.skip_blanks()
            value = self._value()
        self.skip_blanks()
        return match.group(), value

    def _value(self):
        quote = self.text[self.at : self.at + 1]
        if quote not in ('"', "'") or not quote:
            end = _bare_value_at(self.text, self.at).end()
            return self._resolved(end)
        self.at += 1
        end = self.text.find(quote, self.at)
        nothing = self.text.find("\0", self.at, end if end >= 0 else len(self.text))
        if nothing >= 0:
            return self._resolved(nothing)
        if end < 0:
            return self._resolved(len(self.text))
        value = self._resolved(end)
        self.at = end + 1
        return value

    def _resolved(self, end):
        """The value from here to ``end``, with its references replaced."""
        text, parts = self.text, []
        while True:
            found = text.find("&", self.at, end)
            if found < 0:
                break
            parts.append(text[self.at : found])
            self.at = found
            if text.startswith("&#", found):
                # A number without a character is a zero, which ends the text of C.
                parts.append(self.character() or "\0")
            else:
                parts.append(self.entity())
        parts.append(text[self.at : end])
        self.at = max(self.at, end)
        return "".join(parts).partition("\0")[0]

    def end_tag(self):
        """An end tag; answers whether an element of its name was closed."""
        self.at += 2
        match = tag_name_at(self.text, self.at)
        if match is None:
            return False
        name = match.group().lower()
        self.at = match.end()
        self.skip_past(">")
        if self._discarded > 0 and name in _OUTER:
            self._discarded -= 1
            return False
        names = self.builder.names
        if name not in names:
            return False
        priority = END_PRIORITIES.get(name, 0)
        for open_name in reversed(names):
            if open_name == name:
                break
            if END_PRIORITIES.get(open_name, 0) > priority:
                return False
        while names[-1] != name:
            self.builder.end()
        self.builder.end()
        return True
