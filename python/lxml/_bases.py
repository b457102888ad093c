"""Classes to derive classes of nodes from; making an instance makes a new node."""

from . import _class_lookup, _default_parser, _special
from ._document import Document
from ._element import _Element
from ._names import clark, plain_text
from ._node import link_last


def _own_document(node, html):
    parser = _default_parser.get()
    doc = Document(parser, html or parser.for_html)
    node._doc = doc
    node._attrs = {}
    link_last(doc, node)


class ElementBase(_Element):
    """An element class of one's own; ``TAG``, ``NAMESPACE``, ``PARSER`` and ``HTML`` say what is made."""

    def __init__(self, *children, attrib=None, nsmap=None, **_extra):
        cls = type(self)
        name = clark(getattr(cls, "NAMESPACE", None), getattr(cls, "TAG", None) or _tag_of(cls))
        parser = getattr(cls, "PARSER", None) or _default_parser.get()
        made = _class_lookup.make_element(parser, name, attrib, nsmap, _extra)
        self.__dict__.update(made.__dict__)
        doc = self._doc
        doc.html = doc.html or bool(getattr(cls, "HTML", False))
        doc._first = doc._last = self
        for child in children:
            _add_child(self, child)
        self._init()


def _tag_of(cls):
    for each in cls.__mro__:
        if each.__name__ != "ElementBase" and each.__name__ != "_Element":
            return each.__name__
    return cls.__name__


def _add_child(parent, child):
    if isinstance(child, (str, bytes)):
        text = plain_text(child)
        last = parent._last
        if last is None:
            parent._text = (parent._text or "") + text
        else:
            last._tail = (last._tail or "") + text
    elif isinstance(child, _Element):
        parent.append(child)
    elif isinstance(child, type) and issubclass(child, ElementBase):
        parent.append(child())
    else:
        raise TypeError("Invalid child type: %r" % type(child))


class CommentBase(_special._Comment):
    """A comment class of one's own."""

    def __init__(self, text=None):
        _own_document(self, False)
        self.text = text
        self._init()


class PIBase(_special._ProcessingInstruction):
    """A class of one's own for processing instructions."""

    def __init__(self, target, text=None):
        _own_document(self, False)
        self.target = target
        self.text = text
        self._init()


class EntityBase(_special._Entity):
    """A class of one's own for references to entities."""

    def __init__(self, name):
        _own_document(self, False)
        self.name = name
        self._init()
