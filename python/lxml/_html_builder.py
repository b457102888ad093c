"""Where the events of the HTML parser become nodes, as libxml2's default handlers make them."""

from . import _class_lookup
from ._attrib import NO_VALUE
from ._document import Doctype
from ._html_tables import BOOLEAN_ATTRIBUTES, KEPT_BLANKS
from ._node import COMMENT, ELEMENT, INSTRUCTION, link_last


class HtmlBuilder:
    """The open elements, by full name and by node, and the document they are in."""

    def __init__(self, doc, source):
        self._doc = doc
        self._options = doc.parser.options
        self._lookup = _class_lookup.lookup_of(doc)
        self._plain = _class_lookup.plain_classes[ELEMENT]
        self._source = source
        self.names = []
        self._nodes = []

    def start(self, name, attrs, offset):
        """Opens an element; ``attrs`` are pairs whose value is None where there is none."""
        tag = local_name(name)
        kept = {key: _value(key, value) for key, value in attrs} if attrs else {}
        if self._lookup is None:
            cls = self._plain
        else:
            cls = _class_lookup.class_of(self._lookup, self._doc, ELEMENT, tag, kept)
        node = cls.__new__(cls)
        node._doc = self._doc
        node._tag = tag
        node._attrs = kept
        node._line = (self._source, offset)
        link_last(self._nodes[-1] if self._nodes else self._outer(), node)
        self.names.append(name)
        self._nodes.append(node)

    def _outer(self):
        # An element after the end of the root goes into what the document begins with.
        first = self._doc._first
        if self._doc.doctype is None and first is not None and first._kind == ELEMENT:
            return first
        return self._doc

    def end(self):
        """Closes the innermost element."""
        self.names.pop()
        node = self._nodes.pop()
        if self._lookup is not None:
            node._init()

    def text(self, data):
        """Adds text; outside of all elements it is lost."""
        if not self._nodes:
            return
        node = self._nodes[-1]
        last = node._last
        if last is None:
            node._text = data if node._text is None else node._text + data
        else:
            last._tail = data if last._tail is None else last._tail + data

    def blank(self, data):
        """Adds white space that may mean nothing."""
        if not self._options.remove_blank_text:
            self.text(data)

    def is_ignorable(self):
        """Whether blank text before a tag may mean nothing at this place."""
        name = self.names[-1] if self.names else None
        if name in (None, "html", "head"):
            return True
        kind = self._doc.doctype
        if name == "body" and kind is not None and (kind.public_id or "").lower() in _STRICT:
            return True
        node = self._nodes[-1]
        last = node._last
        while last is not None and last._kind == COMMENT and last._tail is None:
            last = last._prev
        if last is None:
            return node._text is None and name not in KEPT_BLANKS
        if last._tail is not None:
            return False
        return last._kind != ELEMENT or last._tag not in KEPT_BLANKS

    def comment(self, data, offset):
        """Adds a comment."""
        if not self._options.remove_comments:
            node = _class_lookup.new_node(self._doc, COMMENT, "", {})
            node._text = data
            self._add(node, offset)

    def instruction(self, target, data, offset):
        """Adds a processing instruction."""
        if not self._options.remove_pis:
            node = _class_lookup.new_node(self._doc, INSTRUCTION, "", {})
            node._target = target
            node._text = data or None
            self._add(node, offset)

    def _add(self, node, offset):
        node._line = (self._source, offset)
        link_last(self._nodes[-1] if self._nodes else self._doc, node)
        node._init()

    def doctype(self, name, public_id, system_id):
        """Takes the first document type."""
        if self._doc.doctype is None:
            self._doc.doctype = Doctype(name, public_id, system_id)

    def finish(self):
        """Closes what is open, and adds the usual document type where there is none."""
        while self.names:
            self.end()
        if self._doc.doctype is None and self._options.default_doctype:
            self._doc.doctype = Doctype("html", *_TRANSITIONAL)


_TRANSITIONAL = (
    "-//W3C//DTD HTML 4.0 Transitional//EN",
    "http://www.w3.org/TR/REC-html40/loose.dtd",
)
_STRICT = ("-//w3c//dtd html 4.01//en", "-//w3c//dtd html 4//en")


def local_name(name):
    """The name of the node for a name with a prefix."""
    at = name.find(":")
    return name if at <= 0 or at == len(name) - 1 else name[at + 1 :]


def _value(key, value):
    if value is not None:
        return value
    return key if key in BOOLEAN_ATTRIBUTES else NO_VALUE
