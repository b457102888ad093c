"""What an expression gives, as Python values; and Python values that go into one."""

from ._errors import XPathResultError
from ._node import COMMENT, DOCUMENT, ELEMENT, ENTITY, INSTRUCTION, Node
from ._xpath_values import ATTRIBUTE, LOOSE, NAMESPACE, TAIL, TEXT, content


class _ElementUnicodeResult(str):
    """A text that knows where it was found."""

    _owner = None
    attrname = None
    is_tail = False
    is_text = False
    is_attribute = False

    def getparent(self):
        """The element whose text, tail or attribute it is; None where it is computed."""
        return self._owner


class _ElementStringResult(bytes):
    """The same of bytes, which only Python 2 had."""


def smart(text, node=None):
    """A text as a result."""
    result = _ElementUnicodeResult(text)
    if node is not None:
        owner, kind, name = node
        result._owner = owner
        if kind == ATTRIBUTE:
            result.is_attribute = True
            result.attrname = name
        elif kind == TAIL:
            result.is_tail = True
        else:
            result.is_text = kind == TEXT
    return result


def to_python(value, smart_strings=True):
    """A value of XPath as the caller gets it."""
    if type(value) is list:
        return [each for node in value for each in _node_to_python(node, smart_strings)]
    if isinstance(value, str) and smart_strings:
        return smart(value)
    return value


def _node_to_python(node, smart_strings):
    if type(node) is not tuple:
        return () if node._kind == DOCUMENT else (node,)
    if node[1] == NAMESPACE:
        return (node[2],)
    text = str.__str__(content(node))
    if not smart_strings:
        return (text,)
    return (smart(text) if node[1] == LOOSE else smart(text, node),)


def from_python(value):
    """A Python value as one of XPath."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if value is None:
        return []
    if isinstance(value, Node):
        return [value]
    if hasattr(value, "__float__") or hasattr(value, "__index__"):
        return float(value)
    if hasattr(value, "__iter__"):
        return [_node_from_python(each, index) for index, each in enumerate(value)]
    raise XPathResultError("Unknown return type: %s" % type(value).__name__)


def _node_from_python(value, index):
    if isinstance(value, Node) and value._kind in (ELEMENT, COMMENT, INSTRUCTION, ENTITY):
        return value
    if isinstance(value, bytes):
        value = value.decode("utf-8")
    if isinstance(value, str):
        return (_LooseOwner(index), LOOSE, str.__str__(value))
    raise XPathResultError("This is not a supported node-set result: %r" % (value,))


class _LooseOwner(Node):
    """Stands where the element of a text would be."""

    _kind = DOCUMENT

    def __init__(self, index):
        self.index = index
