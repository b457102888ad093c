"""Which blank texts ``remove_blank_text`` keeps: libxml2's guess where there is no document type."""

from ._names import XML_NAMESPACE
from ._node import DOCUMENT

_SPACE = "{%s}space" % XML_NAMESPACE


def is_kept(parent, last, at_end):
    """Whether a blank text behind ``last``, before the end of ``parent`` or another node, is kept."""
    if parent._kind == DOCUMENT:
        return False
    if _preserved(parent):
        return True
    if at_end and parent._first is None and parent._text is None:
        return True
    if last is None:
        return parent._text is not None
    return last._tail is not None or parent._text is not None


def _preserved(node):
    while node is not None and node._kind != DOCUMENT:
        value = node._attrs.get(_SPACE)
        if value is not None:
            return value == "preserve"
        node = node._parent
    return False
