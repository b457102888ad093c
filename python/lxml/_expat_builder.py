"""XML by expat: its events become nodes."""

import re
from xml.parsers import expat

from . import _class_lookup
from ._document import Doctype
from ._error_log import ErrorLog, LogEntry
from ._errors import XMLSyntaxError
from ._namespace_reading import NamespaceReader
from ._node import COMMENT, ELEMENT, ENTITY, INSTRUCTION, link_last
from ._source import Source
from ._text import Sections, joined
from ._whitespace import BlankFilter

_PLAIN_NAMESPACE_MARK = b"xmlns"
_AMPERSAND = ord("&")
_declarations = re.compile(
    r"""<!--.*?-->|<\?.*?\?>|<![A-Z]+(?:[^>"']|"[^"]*"|'[^']*')*>|%[^;\s]+;""", re.DOTALL
).findall
_single_quoted = re.compile(r"""'([^'"]*)'""")


def build(data, doc, encoding, filename):
    """Fills a document from bytes; raises XMLSyntaxError. ``encoding`` overrides what they declare."""
    builder = _Builder(data, doc, encoding)
    parser = builder.parser
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise syntax_error(_message(error, data), error.lineno, error.offset + 1, filename) from None
    builder.check(filename)


def syntax_error(message, line, column, filename):
    """The exception for a place that is not well-formed."""
    log = ErrorLog([LogEntry(message, line, column, filename or "<string>")])
    text = "%s, line %d, column %d" % (message, line, column)
    error = XMLSyntaxError(text, 1, line, column, filename or "<string>")
    error.error_log = log
    return error


_MESSAGES = {
    "mismatched tag": "Opening and ending tag mismatch",
    "junk after document element": "Extra content at the end of the document",
    "undefined entity": "Entity not defined",
    "duplicate attribute": "Attribute redefined",
    "unclosed token": "Couldn't find end of Start Tag",
}


def _message(error, data):
    text = expat.ErrorString(error.code)
    if text == "no element found":
        return "Premature end of data" if data.strip() else "Document is empty"
    if text == "syntax error":
        return "Start tag expected, '<' not found"
    return _MESSAGES.get(text, text)


def _as_written(declaration):
    """A declaration as libxml2 writes it."""
    if not declaration.startswith("<!") or declaration.startswith("<!--"):
        return declaration
    return _single_quoted.sub(r'"\1"', declaration) + "\n"


class _Builder:
    def __init__(self, data, doc, encoding):
        self._doc = doc
        self._options = doc.parser.options
        self._source = Source(data)
        self._parent = doc
        self._last = None
        self._namespaces = NamespaceReader(doc, self._options.ns_clean)
        self._reads_namespaces = _PLAIN_NAMESPACE_MARK in data
        self._blanks = BlankFilter(self._add_text) if self._options.remove_blank_text else None
        self._data = data
        self._section = None
        self._in_doctype = False
        self._subset = None
        self._undeclared_at = None
        self.parser = self._make_parser(encoding)

    def _make_parser(self, encoding):
        parser = expat.ParserCreate(encoding)
        parser.specified_attributes = True
        if self._blanks is None:
            parser.buffer_text = True
            parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._start_handler(parser)
        parser.EndElementHandler = self._end_handler()
        parser.CharacterDataHandler = self._text_handler()
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._start_doctype
        parser.EndDoctypeDeclHandler = self._end_doctype
        if not self._options.remove_comments:
            parser.CommentHandler = self._comment
        if not self._options.remove_pis:
            parser.ProcessingInstructionHandler = self._instruction
        if not self._options.strip_cdata or self._blanks is not None:
            parser.StartCdataSectionHandler = self._start_section
            parser.EndCdataSectionHandler = self._end_section
        return parser

    def _start_handler(self, parser):
        doc, source = self._doc, self._source
        lookup = _class_lookup.lookup_of(doc)
        plain = _class_lookup.plain_classes[ELEMENT]
        class_of = _class_lookup.class_of
        namespaces = self._namespaces
        blanks = self._blanks

        def start(name, attrs):
            if blanks is not None:
                blanks.markup(self._parent, self._last, False)
                blanks.start()
            if self._reads_namespaces:
                tag, prefix, defs, attrs, prefixes = namespaces.start(name, attrs)
                if namespaces.undeclared and self._undeclared_at is None:
                    self._undeclared_at = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
            elif ":" in name or (attrs and ":" in "".join(attrs)):
                tag, prefix, defs, attrs, prefixes = namespaces.start_undeclared(name, attrs)
                if namespaces.undeclared and self._undeclared_at is None:
                    self._undeclared_at = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
            else:
                tag = name
                prefix = defs = prefixes = None
            cls = plain if lookup is None else class_of(lookup, doc, ELEMENT, tag, attrs)
            node = cls.__new__(cls)
            parent = self._parent
            node._doc = doc
            node._parent = parent
            node._tag = tag
            node._attrs = attrs
            node._line = (source, parser.CurrentByteIndex)
            if prefix is not None:
                node._prefix = prefix
            if defs is not None:
                node._nsdefs = defs
            if prefixes is not None:
                node._attr_prefixes = prefixes
            last = parent._last
            if last is None:
                parent._first = node
            else:
                last._next = node
                node._prev = last
            parent._last = node
            self._parent = node
            self._last = None

        return start

    def _end_handler(self):
        blanks = self._blanks
        namespaces = self._namespaces
        plain = _class_lookup.lookup_of(self._doc) is None

        def end(_name):
            if blanks is not None:
                blanks.markup(self._parent, self._last, True)
                blanks.end()
            node = self._parent
            self._last = node
            self._parent = node._parent
            if self._reads_namespaces:
                namespaces.end()
            if not plain:
                node._init()

        return end

    def _text_handler(self):
        blanks, source = self._blanks, self._data

        def text(data):
            if self._section is not None:
                self._section.append(data)
            elif blanks is None:
                self._add_text(data)
            elif source[self.parser.CurrentByteIndex] == _AMPERSAND:
                blanks.reference(data, self._parent, self._last)
            else:
                blanks.text(data)

        return text

    def _add_text(self, data):
        last = self._last
        if last is None:
            parent = self._parent
            parent._text = data if parent._text is None else joined(parent._text, data)
        else:
            last._tail = data if last._tail is None else joined(last._tail, data)

    def _declaration(self, version, encoding, standalone):
        self._doc.version = version
        if encoding is not None:
            self._doc.encoding = encoding
        # What is declared without a word on it does not stand alone.
        self._doc.standalone = standalone > 0

    def _add_node(self, node):
        if self._blanks is not None:
            self._blanks.markup(self._parent, self._last, False)
        link_last(self._parent, node)
        self._last = node
        node._init()

    def _comment(self, data):
        if self._in_doctype:
            if self._subset is not None:
                self._subset.append("<!--%s-->" % data)
            return
        node = _class_lookup.new_node(self._doc, COMMENT, "", {})
        node._text = data
        node._line = (self._source, self.parser.CurrentByteIndex)
        self._add_node(node)

    def _instruction(self, target, data):
        if self._in_doctype:
            if self._subset is not None:
                self._subset.append("<?%s %s?>" % (target, data))
            return
        node = _class_lookup.new_node(self._doc, INSTRUCTION, "", {})
        node._target = target
        node._text = data or None
        node._line = (self._source, self.parser.CurrentByteIndex)
        self._add_node(node)

    def _start_section(self):
        if self._blanks is not None:
            self._blanks.markup(self._parent, self._last, False)
        self._section = []

    def _end_section(self):
        text, self._section = "".join(self._section), None
        if not self._options.strip_cdata:
            self._add_text(Sections.of([(text, True)]))
        elif text:
            self._add_text(text)

    # Document types

    def _start_doctype(self, name, system_id, public_id, has_subset):
        self._doc.doctype = Doctype(name, public_id, system_id)
        before, node = [], self._doc._first
        while node is not None:
            before.append(node)
            node = node._next
        self._doc.doctype.preceding = tuple(before)
        self._in_doctype = True
        if has_subset:
            self._subset = []
        # The other default handler would keep entities from being expanded, from here on.
        self.parser.DefaultHandlerExpand = self._in_subset
        self.parser.SkippedEntityHandler = self._skipped

    def _in_subset(self, data):
        if self._subset is not None:
            self._subset.append(data)

    def _end_doctype(self):
        self._in_doctype = False
        if self._subset is not None:
            found = _declarations("".join(self._subset))
            if self._options.remove_comments:
                found = [text for text in found if not text.startswith("<!--")]
            self._doc.doctype.subset = "".join(map(_as_written, found))
        self.parser.DefaultHandlerExpand = None
        if not self._options.resolve_entities:
            self.parser.DefaultHandler = self._unresolved

    def _unresolved(self, data):
        if data[:1] == "&" and data[-1:] == ";":
            self._entity(data[1:-1])

    def _skipped(self, name, is_parameter):
        if is_parameter:
            return
        if self._options.resolve_entities:
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            raise syntax_error("Entity '%s' not defined" % name, line, column, None)
        self._entity(name)

    def _entity(self, name):
        node = _class_lookup.new_node(self._doc, ENTITY, "", {})
        node._name = name
        self._add_node(node)

    def check(self, filename):
        """Refuses prefixes that nothing declares, which expat is not asked to do."""
        if self._undeclared_at is not None:
            line, column = self._undeclared_at
            raise syntax_error(self._namespaces.complaint(), line, column, filename)
