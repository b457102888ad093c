"""Which Python class stands for a node, and the making of nodes."""

from ._attrib import declare_attribute
from ._document import Document
from ._names import attribute_name, plain_text, split, tag_name
from ._namespaces import declare, prefix_for, uri_of
from ._node import COMMENT, ELEMENT, ENTITY, INSTRUCTION, link_last

_TYPE_NAMES = {ELEMENT: "element", COMMENT: "comment", INSTRUCTION: "PI", ENTITY: "entity"}


#: The classes of nodes, by kind; each module that defines one enters it.
plain_classes = {}


class ElementClassLookup:
    """Decides which class stands for a node."""

    def find(self, doc, kind, tag, attrs):
        """The class of a node that is about to be made."""
        return plain_classes[kind]


class ElementDefaultClassLookup(ElementClassLookup):
    """One class for each kind of node."""

    def __init__(self, element=None, comment=None, pi=None, entity=None):
        self.element_class = element or plain_classes[ELEMENT]
        self.comment_class = comment or plain_classes[COMMENT]
        self.pi_class = pi or plain_classes[INSTRUCTION]
        self.entity_class = entity or plain_classes[ENTITY]
        self._classes = {
            ELEMENT: self.element_class,
            COMMENT: self.comment_class,
            INSTRUCTION: self.pi_class,
            ENTITY: self.entity_class,
        }

    def find(self, doc, kind, tag, attrs):
        return self._classes[kind]


class FallbackElementClassLookup(ElementClassLookup):
    """Asks another lookup where it has no answer of its own."""

    def __init__(self, fallback=None):
        self.fallback = fallback

    def set_fallback(self, lookup):
        """Sets the lookup that is asked next."""
        self.fallback = lookup

    def find(self, doc, kind, tag, attrs):
        found = self.choose(doc, kind, tag, attrs)
        if found is not None:
            return found
        if self.fallback is None:
            return plain_classes[kind]
        return self.fallback.find(doc, kind, tag, attrs)

    def choose(self, doc, kind, tag, attrs):
        """The class, or None where the fallback is to decide."""
        return None


class CustomElementClassLookup(FallbackElementClassLookup):
    """Subclasses decide by ``lookup(type, doc, namespace, name)``."""

    def choose(self, doc, kind, tag, attrs):
        uri, name = split(tag) if kind == ELEMENT else (None, None)
        return self.lookup(_TYPE_NAMES[kind], doc, uri, name)

    def lookup(self, type, doc, namespace, name):
        """The class of a node, or None."""
        return None


class AttributeBasedElementClassLookup(FallbackElementClassLookup):
    """Decides by the value of an attribute."""

    def __init__(self, attribute_name, class_mapping, fallback=None):
        super().__init__(fallback)
        self._name = plain_text(attribute_name)
        self._classes = dict(class_mapping)

    def choose(self, doc, kind, tag, attrs):
        return self._classes.get(attrs.get(self._name)) if kind == ELEMENT else None


class ParserBasedElementClassLookup(FallbackElementClassLookup):
    """Asks the lookup of the parser that made the document."""

    def choose(self, doc, kind, tag, attrs):
        lookup = doc.parser.class_lookup
        return None if lookup is None or lookup is self else lookup.find(doc, kind, tag, attrs)


_global_lookup = [None]


def set_element_class_lookup(lookup=None):
    """Sets the lookup of parsers that have none of their own."""
    _global_lookup[0] = lookup


def lookup_of(doc):
    """The lookup for the nodes of a document; None where the plain classes serve."""
    return doc.parser.class_lookup or _global_lookup[0]


def class_of(lookup, doc, kind, tag, attrs):
    """The class of a node that is about to be made."""
    if lookup is None:
        return plain_classes[kind]
    return lookup.find(doc, kind, tag, attrs)


def new_node(doc, kind, tag, attrs):
    """An unlinked node; its name and attributes are taken as they are."""
    cls = class_of(lookup_of(doc), doc, kind, tag, attrs)
    node = cls.__new__(cls)
    node._doc = doc
    node._tag = tag
    node._attrs = attrs
    return node


def make_element(parser, tag, attrib, nsmap, extra):
    """A new root element in a new document."""
    doc = Document(parser, parser.for_html)
    node = _new_element(doc, tag)
    link_last(doc, node)
    _furnish(node, attrib, nsmap, extra)
    return node


def make_child(parent, tag, attrib, nsmap, extra):
    """A new last child of an element."""
    node = _new_element(parent._doc, tag)
    link_last(parent, node)
    _furnish(node, attrib, nsmap, extra)
    return node


def _new_element(doc, tag):
    return new_node(doc, ELEMENT, tag_name(tag, doc.parser.for_html), {})


def _furnish(node, attrib, nsmap, extra):
    uri = split(node._tag)[0]
    if nsmap:
        _declare_all(node, nsmap, uri)
    if uri is not None and node._prefix is None and uri_of(node, None) != uri:
        node._prefix = prefix_for(node, uri)
    if attrib is not None and not hasattr(attrib, "items"):
        raise TypeError("Invalid attribute dictionary: %s" % type(attrib).__name__)
    html = node._doc.parser.for_html
    for given in (extra, attrib or {}):
        for name, value in given.items():
            name = attribute_name(name, html)
            if name not in node._attrs:
                node._attrs[name] = plain_text(value)
                if name[0] == "{":
                    declare_attribute(node, name)
    node._init()


def _declare_all(node, nsmap, uri):
    for prefix, declared in nsmap.items():
        declared = plain_text(declared)
        prefix = None if prefix is None else plain_text(prefix)
        if uri_of(node, prefix) != declared:
            declare(node, prefix, declared)
        if uri is not None and declared == uri:
            node._prefix = prefix
            uri = None
