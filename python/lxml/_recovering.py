"""XML that is not well-formed, as libxml2 recovers it: what can be read is kept, the rest is dropped."""

import re

from . import _class_lookup
from ._document import Doctype
from ._names import NAME
from ._namespace_reading import NamespaceReader
from ._node import COMMENT, DOCUMENT, ELEMENT, INSTRUCTION, link_last
from ._text import joined
from ._whitespace import BlankFilter

_name_at = re.compile(NAME).match
_blanks_at = re.compile(r"[ \t\r\n]*").match
_text_at = re.compile(r"[^<&]+").match
_reference = re.compile(r"&(?:#x([0-9A-Fa-f]*)(;?)|#(\d*)(;?)|(%s)(;?))?" % NAME)
_reference_at, _references = _reference.match, _reference.sub
_line_breaks = re.compile("[\t\n]").sub
# A value that is not closed ends where markup begins.
_value_at = re.compile(r"\"([^\"<]*)\"?|'([^'<]*)'?").match
_doctype_at = re.compile(
    r"""<!DOCTYPE\s+([^\s\[>]+)(?:\s+(?:PUBLIC\s+("[^"]*"|'[^']*')\s*|SYSTEM\s+))?"""
    r"""("[^"]*"|'[^']*')?\s*(?:\[(.*?)\]\s*)?>""",
    re.DOTALL,
).match
_not_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]").sub
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def build(text, doc):
    """Fills an empty document from text."""
    doc._first = doc._last = None
    _Reader(text.replace("\r\n", "\n").replace("\r", "\n"), doc).document()


class _Reader:
    def __init__(self, text, doc):
        self._text = text
        self._at = 0
        self._doc = doc
        self._options = doc.parser.options
        self._namespaces = NamespaceReader(doc, self._options.ns_clean)
        self._node = doc
        self._names = []
        self._blanks = BlankFilter(self._put_text)
        #: Whether an error was met.
        self._broken = False

    def document(self):
        """The prolog, the root element, and what is behind it."""
        self._skip_prolog()
        if not self._text.startswith("<", self._at):
            return
        self._start_tag()
        while self._node._kind != DOCUMENT and self._at < len(self._text):
            self._content()
        while self._node._kind != DOCUMENT:
            self._close()
        while self._miscellaneous():
            pass

    def _skip_prolog(self):
        self._skip_blanks()
        if self._text.startswith("<?xml ", self._at):
            end = self._text.find("?>", self._at)
            self._at = len(self._text) if end < 0 else end + 2
        while self._miscellaneous():
            pass
        match = _doctype_at(self._text, self._at)
        if match is not None:
            name, public_id, system_id, subset = match.groups()
            ids = [value[1:-1] if value else None for value in (public_id, system_id)]
            self._doc.doctype = Doctype(name, ids[0], ids[1], subset)
            self._at = match.end()
        while self._miscellaneous():
            pass

    def _miscellaneous(self):
        self._skip_blanks()
        if self._text.startswith("<!--", self._at):
            self._comment()
        elif self._text.startswith("<?", self._at):
            self._instruction()
        else:
            return False
        return True

    def _skip_blanks(self):
        start = self._at
        self._at = _blanks_at(self._text, start).end()
        return self._at > start

    def _content(self):
        text, at = self._text, self._at
        if text.startswith("</", at):
            self._end_tag()
        elif text.startswith("<!--", at):
            self._comment()
        elif text.startswith("<![CDATA[", at):
            self._section()
        elif text.startswith("<?", at):
            self._instruction()
        elif text.startswith("<", at):
            self._start_tag()
        elif text.startswith("&", at):
            self._reference()
        else:
            match = _text_at(text, at)
            misplaced = text.find("]]>", at, match.end())
            self._at = match.end() if misplaced < 0 else misplaced + 1
            if misplaced >= 0:
                self._broken = True
            else:
                self._add_text(_not_xml("", match.group()))

    def _add_text(self, data):
        if not data:
            return
        if self._options.remove_blank_text:
            self._blanks.text(data)
        else:
            self._put_text(data)

    def _put_text(self, data):
        node, last = self._node, self._node._last
        if node._kind == DOCUMENT:
            return
        if last is None:
            node._text = joined(node._text, data)
        else:
            last._tail = joined(last._tail, data)

    def _reference(self):
        match = _reference_at(self._text, self._at)
        self._at = match.end()
        data = _resolved(match)
        if not data:
            self._broken = True
            self._blanks.markup(self._node, self._node._last, False, False)
        elif match.group(5) is not None and self._broken:
            # libxml2 drops named entities, even its own, behind the first error.
            return
        else:
            self._blanks.reference(data, self._node, self._node._last)

    def _start_tag(self):
        match = _name_at(self._text, self._at + 1)
        if match is None:
            self._blanks.markup(self._node, self._node._last, False)
            self._at += 1
            self._broken = True
            return
        name = match.group()
        self._at = match.end()
        attrs = self._attributes()
        self._open(name, attrs)
        if self._text.startswith("/>", self._at):
            self._at += 2
            self._close()
        elif self._text.startswith(">", self._at):
            self._at += 1
        else:
            self._broken = True
            self._close()

    def _line(self):
        return self._text.count("\n", 0, self._at) + 1

    def _open(self, name, attrs):
        self._blanks.markup(self._node, self._node._last, False)
        self._blanks.start()
        self._names.append(name)
        tag, prefix, defs, attrs, prefixes = self._namespaces.start(name, attrs)
        node = _class_lookup.new_node(self._doc, ELEMENT, tag, attrs)
        node._prefix, node._nsdefs, node._attr_prefixes = prefix, defs, prefixes
        node._line = self._line()
        link_last(self._node, node)
        self._node = node

    def _close(self):
        self._blanks.markup(self._node, self._node._last, True)
        self._blanks.end()
        self._namespaces.end()
        self._names.pop()
        node = self._node
        self._node = node._parent
        node._init()

    def _attributes(self):
        attrs = {}
        while True:
            blank = self._skip_blanks()
            if self._text[self._at : self._at + 1] in ("", ">") or self._text.startswith(
                "/>", self._at
            ):
                return attrs
            match = _name_at(self._text, self._at) if blank else None
            if match is None:
                return attrs
            self._at = match.end()
            self._skip_blanks()
            if not self._text.startswith("=", self._at):
                self._broken = True
                return attrs
            self._at += 1
            self._skip_blanks()
            value = _value_at(self._text, self._at)
            if value is None:
                self._broken = True
                continue
            self._at = value.end()
            if match.group() in attrs or value.group()[-1] != value.group()[0]:
                self._broken = True
            text = self._attribute_text(value.group(1) or value.group(2) or "")
            attrs.setdefault(match.group(), text)

    def _attribute_text(self, raw):
        text = _line_breaks(" ", raw)
        return _references(self._resolved_in_attribute, text) if "&" in text else text

    def _resolved_in_attribute(self, match):
        data = _resolved(match)
        if not data:
            self._broken = True
        return data

    def _end_tag(self):
        # Whatever its name: it ends the innermost element.
        self._at += 2
        match = _name_at(self._text, self._at)
        if match is not None:
            self._at = match.end()
        if match is None or match.group() != self._names[-1]:
            self._broken = True
        self._skip_blanks()
        if self._text.startswith(">", self._at):
            self._at += 1
        else:
            self._broken = True
        self._close()

    def _comment(self):
        end = self._text.find("-->", self._at + 4)
        if end < 0:
            self._blanks.markup(self._node, self._node._last, False)
            self._at = len(self._text)
            return
        data, self._at = self._text[self._at + 4 : end], end + 3
        if not self._options.remove_comments:
            node = _class_lookup.new_node(self._doc, COMMENT, "", {})
            node._text = _not_xml("", data)
            node._line = self._line()
            self._add_node(node)

    def _instruction(self):
        match = _name_at(self._text, self._at + 2)
        end = self._text.find("?>", self._at)
        if match is None or end < 0:
            self._at = self._at + 2 if match is None else len(self._text)
            self._broken = True
            return
        data, self._at = self._text[match.end() : end].lstrip(" \t\r\n"), end + 2
        if not self._options.remove_pis:
            node = _class_lookup.new_node(self._doc, INSTRUCTION, "", {})
            node._target, node._text = match.group(), data or None
            node._line = self._line()
            self._add_node(node)

    def _add_node(self, node):
        if self._node._kind != DOCUMENT:
            self._blanks.markup(self._node, self._node._last, False)
        link_last(self._node, node)
        node._init()

    def _section(self):
        end = self._text.find("]]>", self._at)
        if end < 0:
            self._at = len(self._text)
            return
        data, self._at = self._text[self._at + 9 : end], end + 3
        self._add_text(_not_xml("", data))


def _resolved(match):
    """What a reference stands for; an empty text where it is none."""
    hexadecimal, ended_hexadecimal, decimal, ended_decimal, name, ended_name = match.groups()
    if name is not None:
        return _ENTITIES.get(name, "") if ended_name else ""
    if hexadecimal and ended_hexadecimal:
        number = int(hexadecimal, 16)
    elif decimal and ended_decimal:
        number = int(decimal)
    else:
        return ""
    return _not_xml("", chr(number)) if 0 < number < 0x110000 else ""
