"""Elements: names, texts, attributes, and the way around the tree."""

from operator import attrgetter

from . import _children, _class_lookup, _copying, _element_tree, _iterators, _moves, _paths, _xpath
from ._attrib import _Attrib, set_attribute
from ._names import XML_NAMESPACE, lookup_name, split, tag_name
from ._namespaces import prefix_for, scope_of
from ._node import DOCUMENT, ELEMENT, Node
from ._text import assigned

_BASE = "{%s}base" % XML_NAMESPACE


class _Element(Node):
    """An element of a document."""

    _kind = ELEMENT
    _tag = ""
    _prefix = None
    _nsdefs = None
    _attrs = {}
    _attr_prefixes = None
    _line = None

    def _init(self):
        """Called once after the element was made; subclasses may do something here."""

    # Names and texts

    @property
    def tag(self):
        """The name, ``{uri}local`` with a namespace."""
        return self._tag

    @tag.setter
    def tag(self, value):
        name = tag_name(value, self._doc.parser.for_html)
        uri, _local = split(name)
        self._tag = name
        self._prefix = None if uri is None else prefix_for(self, uri)

    def _set_text(self, value):
        self._text = assigned(value, self)

    def _set_tail(self, value):
        self._tail = assigned(value, self)

    text = property(attrgetter("_text"), _set_text, doc="The text before the first child, or None.")
    tail = property(attrgetter("_tail"), _set_tail, doc="The text behind the element, or None.")
    prefix = property(attrgetter("_prefix"), doc="The prefix of the name, or None.")

    @property
    def nsmap(self):
        """All namespaces in force, by prefix."""
        return scope_of(self)

    @property
    def sourceline(self):
        """The line on which the start tag ends; None when the element was not read."""
        line = self._line
        if type(line) is tuple:
            source, offset = line
            line = self._line = source.line_at(offset)
        return line

    @sourceline.setter
    def sourceline(self, value):
        self._line = value if value > 0 else None

    @property
    def base(self):
        """The base URL: of the nearest xml:base, else of the document."""
        node = self
        while node is not None and node._kind != DOCUMENT:
            if _BASE in node._attrs:
                return node._attrs[_BASE]
            node = node._parent
        return self._doc.url

    @base.setter
    def base(self, value):
        if value is None:
            self._attrs.pop(_BASE, None)
        else:
            set_attribute(self, _BASE, value)

    # Attributes

    @property
    def attrib(self):
        """The attributes, like a dict."""
        return _Attrib(self)

    def get(self, key, default=None):
        """The value of an attribute, or the default."""
        value = self._attrs.get(key) if type(key) is str else None
        return value if value is not None else self._attrs.get(lookup_name(key), default)

    def set(self, key, value):
        """Sets an attribute; in HTML, None makes one without a value."""
        set_attribute(self, key, value)

    def keys(self):
        """The names of the attributes."""
        return list(self._attrs)

    def values(self):
        """The values of the attributes."""
        return list(self._attrs.values())

    def items(self):
        """Names and values of the attributes."""
        return list(self._attrs.items())

    # Children

    def __len__(self):
        return _children.count(self)

    def __bool__(self):
        return self._first is not None

    def __contains__(self, element):
        return isinstance(element, _Element) and element._parent is self

    def __iter__(self):
        return _iterators.iter_children(self)

    def __reversed__(self):
        return _iterators.iter_children(self, (), True)

    def __getitem__(self, index):
        return _children.get(self, index)

    def __setitem__(self, index, value):
        _children.assign(self, index, value)

    def __delitem__(self, index):
        _children.delete(self, index)

    def index(self, child, start=None, stop=None):
        """The index of a child."""
        return _children.position(self, child, start, stop)

    def append(self, element):
        """Moves an element to the end of the children."""
        _moves.append(self, _checked(element))

    def extend(self, elements):
        """Moves several elements to the end of the children."""
        for element in elements:
            _moves.append(self, _checked(element))

    def insert(self, index, element):
        """Moves an element before the child at an index."""
        _children.insert(self, index, _checked(element))

    def remove(self, element):
        """Takes a child, with its tail, out of the tree."""
        if _checked(element)._parent is not self:
            raise ValueError("Element is not a child of this node.")
        _moves.detach(element)

    def replace(self, old_element, new_element):
        """Puts another element in the place of a child."""
        if _checked(old_element)._parent is not self:
            raise ValueError("Element is not a child of this node.")
        _moves.replace(old_element, _checked(new_element))

    def addnext(self, element):
        """Moves an element directly behind this one, before its tail."""
        _moves.add_after(self, _checked(element))

    def addprevious(self, element):
        """Moves an element directly before this one."""
        _moves.add_before(self, _checked(element))

    def clear(self, keep_tail=False):
        """Takes away text, attributes, children and, unless it is to be kept, the tail."""
        self._text = None
        if not keep_tail:
            self._tail = None
        self._attrs = {}
        self._attr_prefixes = None
        for child in _children.children(self):
            _moves.detach(child)

    # Other elements

    def getparent(self):
        """The element above, or None."""
        parent = self._parent
        return None if parent is None or parent._kind == DOCUMENT else parent

    def getnext(self):
        """The next sibling, or None."""
        return self._next

    def getprevious(self):
        """The previous sibling, or None."""
        return self._prev

    def getchildren(self):
        """The children as a list."""
        return _children.children(self)

    def getroottree(self):
        """The tree of the document that the element belongs to."""
        return _element_tree.tree_of_document(self._doc)

    def iter(self, tag=None, *tags):
        """This element and everything below it."""
        if tag is not None:
            tags = (tag, *tags)
        return _iterators.iter_subtree(self, tags)

    getiterator = iter

    def iterchildren(self, tag=None, *tags, reversed=False):
        """The children."""
        if tag is not None:
            tags = (tag, *tags)
        return _iterators.iter_children(self, tags, reversed)

    def itersiblings(self, tag=None, *tags, preceding=False):
        """The siblings behind this element, or those before it, the nearest first."""
        if tag is not None:
            tags = (tag, *tags)
        return _iterators.iter_siblings(self, tags, preceding)

    def iterancestors(self, tag=None, *tags):
        """The elements above, the nearest first."""
        if tag is not None:
            tags = (tag, *tags)
        return _iterators.iter_ancestors(self, tags)

    def iterdescendants(self, tag=None, *tags):
        """Everything below this element."""
        if tag is not None:
            tags = (tag, *tags)
        return _iterators.iter_subtree(self, tags, False)

    def itertext(self, tag=None, *tags, with_tail=True):
        """The texts of this element and everything below it."""
        if self._kind != ELEMENT:
            raise ValueError("Input object is not an XML element: %s" % type(self).__name__)
        if tag is not None:
            tags = (tag, *tags)
        return _iterators.iter_text(self, tags, with_tail)

    # Searches

    def find(self, path, namespaces=None):
        """The first element that a path selects, or None."""
        return _paths.find(self, path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """The text of the first element that a path selects."""
        return _paths.findtext(self, path, default, namespaces)

    def findall(self, path, namespaces=None):
        """The elements that a path selects."""
        return _paths.findall(self, path, namespaces)

    def iterfind(self, path, namespaces=None):
        """The elements that a path selects, one after the other."""
        return _paths.iterfind(self, path, namespaces)

    def xpath(self, _path, *, namespaces=None, extensions=None, smart_strings=True, **_variables):
        """What an XPath expression gives at this element."""
        options = _xpath.Options(namespaces, extensions, smart_strings)
        return _xpath.evaluate(self, _path, options, _variables)

    def cssselect(self, expr, *, translator="xml"):
        """The elements that a CSS selector selects; needs the package cssselect."""
        from lxml.cssselect import CSSSelector

        return CSSSelector(expr, translator=translator)(self)

    # Copies

    def makeelement(self, _tag, attrib=None, nsmap=None, **_extra):
        """A new element in a document of the same kind."""
        return _class_lookup.make_element(self._doc.parser, _tag, attrib, nsmap, _extra)

    def __copy__(self):
        return _copying.copy_to_new_document(self)

    def __deepcopy__(self, memo):
        return _copying.copy_to_new_document(self)

    def __repr__(self):
        return "<Element %s at 0x%x>" % (self.tag, id(self))


_class_lookup.plain_classes[ELEMENT] = _Element


def _checked(element):
    if isinstance(element, _Element):
        return element
    raise TypeError(
        "Argument 'element' has incorrect type (expected lxml.etree._Element, got %s)"
        % type(element).__name__
    )
