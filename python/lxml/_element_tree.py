"""Trees: a document, looked at from its root or from one of its elements."""

from . import _copying, _iterators, _paths, _tostring, _xpath
from ._document import DocInfo, Document
from ._names import lookup_name
from ._node import COMMENT, DOCUMENT, ELEMENT, INSTRUCTION


class _ElementTree:
    """A tree around an element; most often the root of its document."""

    def __init__(self):
        self._doc = None
        self._context = None

    def getroot(self):
        """The element the tree is around; None when there is none."""
        return self._context

    def _setroot(self, root):
        self._context = root
        self._doc = root._doc

    @property
    def docinfo(self):
        """What the document says about itself."""
        self._assert_root()
        return DocInfo(self)

    @property
    def parser(self):
        """The parser that read the document."""
        return self._doc.parser if self._doc is not None else None

    def parse(self, source, parser=None, *, base_url=None):
        """Reads a document into this tree; answers its root."""
        other = parse(source, parser, base_url)
        self._doc, self._context = other._doc, other._context
        return self._context

    def write(self, file, *, encoding=None, method="xml", pretty_print=False, **options):
        """Writes the tree to a file or a path."""
        self._assert_root()
        options.setdefault("xml_declaration", None)
        _tostring.write_tree(self, file, (encoding or "ASCII").upper(), method, pretty_print, options)

    def write_c14n(self, file, **options):
        """Writes the canonical form to a file or a path."""
        self._assert_root()
        _tostring.write_bytes(file, _tostring.tostring(self, method="c14n", **options))

    def _assert_root(self):
        if self._context is None:
            raise AssertionError("ElementTree not initialized, missing root")

    def getpath(self, element):
        """An absolute XPath expression that selects a node of the tree."""
        self._assert_root()
        if element._doc is not self._doc:
            raise ValueError("Element is not in this tree.")
        return _path_of(element, self._context)

    def getelementpath(self, element):
        """A path for ``find`` that selects an element of the tree."""
        self._assert_root()
        steps, node = [], element
        while node is not self._context:
            if node is None or node._kind != ELEMENT:
                raise ValueError("Element is not in this tree.")
            number = 1 + sum(1 for _ in _iterators.iter_siblings(node, (node._tag,), True))
            more = number > 1 or next(_iterators.iter_siblings(node, (node._tag,)), None) is not None
            steps.append("%s[%d]" % (node._tag, number) if more else node._tag)
            node = node.getparent()
        return "/".join(reversed(steps)) or "."

    def iter(self, tag=None, *tags):
        """The root and everything below it."""
        self._assert_root()
        if tag is not None:
            tags = (tag, *tags)
        return _iterators.iter_subtree(self._context, tags)

    getiterator = iter

    def find(self, path, namespaces=None):
        """The first element that a path selects, or None."""
        return self._searched(_paths.find, path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """The text of the first element that a path selects."""
        self._assert_root()
        return _paths.findtext(self._context, _relative(path), default, namespaces)

    def findall(self, path, namespaces=None):
        """The elements that a path selects."""
        return self._searched(_paths.findall, path, namespaces)

    def iterfind(self, path, namespaces=None):
        """The elements that a path selects, one after the other."""
        return self._searched(_paths.iterfind, path, namespaces)

    def _searched(self, search, path, namespaces):
        self._assert_root()
        return search(self._context, _relative(path), namespaces)

    def xpath(self, _path, *, namespaces=None, extensions=None, smart_strings=True, **_variables):
        """What an XPath expression gives at the root of this tree."""
        self._assert_root()
        options = _xpath.Options(namespaces, extensions, smart_strings)
        return _xpath.evaluate(self._context, _path, options, _variables, top=self._context)

    def relaxng(self, relaxng):
        """Whether the tree keeps to a Relax NG grammar."""
        # Imported here: validators read their grammars through this module.
        from ._validators import RelaxNG

        return RelaxNG(relaxng).validate(self)

    def xmlschema(self, xmlschema):
        """Whether the tree keeps to an XML Schema."""
        from ._validators import XMLSchema

        return XMLSchema(xmlschema).validate(self)

    def __copy__(self):
        return tree_of_element(self._context) if self._context is not None else _ElementTree()

    def __deepcopy__(self, memo):
        if self._context is None:
            return _ElementTree()
        if self._doc.root is self._context:
            return tree_of_document(_copying.copy_document(self._doc))
        return tree_of_element(_copying.copy_to_new_document(self._context))


def _relative(path):
    path = lookup_name(path)
    return "." + path if path.startswith("/") else path


def tree_of_element(element):
    """A tree around an element."""
    tree = _ElementTree()
    tree._setroot(element)
    return tree


def tree_of_document(doc):
    """The tree of a document."""
    tree = _ElementTree()
    tree._doc = doc
    tree._context = doc.root
    return tree


def _path_of(node, top):
    steps = []
    while node is not None and not isinstance(node, Document):
        steps.append(_step_of(node))
        if node is top:
            break
        node = node._parent
    else:
        if top._parent is not None and top._parent._kind != DOCUMENT:
            raise ValueError("Element is not in this tree.")
    return "/" + "/".join(reversed(steps))


def _step_of(node):
    name, same = _step_name(node)
    before = sum(1 for each in _iterators.iter_siblings(node, (), True) if same(each))
    if before == 0 and not any(same(each) for each in _iterators.iter_siblings(node)):
        return name
    return "%s[%d]" % (name, before + 1)


def _step_name(node):
    if node._kind == COMMENT:
        return "comment()", lambda other: other._kind == COMMENT
    if node._kind == INSTRUCTION:
        target = node._target
        same = lambda other: other._kind == INSTRUCTION and other._target == target  # noqa: E731
        return "processing-instruction('%s')" % target, same
    tag = node._tag
    if tag[0] == "{":
        if node._prefix is None:
            return "*", lambda other: other._kind == ELEMENT
        name = "%s:%s" % (node._prefix, tag[tag.index("}") + 1 :])
        return name, lambda other: other._tag == tag
    return tag, lambda other: other._tag == tag


def parse(source, parser=None, base_url=None):
    """Reads a document from a path, a URL of a file, or a file object."""
    # Imported here: what reads documents makes elements, which know of trees.
    from . import _reading

    return tree_of_document(_reading.parse_source(source, parser, base_url))
