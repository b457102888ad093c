"""Trees as HTML, the way libxml2 writes it."""

from ._attrib import NO_VALUE
from ._escaping import html_attribute, html_text, html_url, quoted
from ._html_tables import (
    BLOCKS,
    BOOLEAN_ATTRIBUTES,
    NO_END_WHEN_EMPTY,
    URL_ATTRIBUTES,
    URL_ATTRIBUTES_OF,
    VOID,
)
from ._namespaces import scope_written
from ._node import COMMENT, ELEMENT, ENTITY
from ._write_xml import qualified_attribute, declarations, qualified_name

_RAW = ("script", "style")


def write_html(top, pretty=False):
    """The text of a node without its tail."""
    parts = []
    _Writer(parts.append, pretty, top._doc.html).write(top)
    return "".join(parts)


def html_tail(node):
    """The text behind a node."""
    return _text(node._tail, node._parent, node._doc.html)


def _text(text, parent, in_html):
    if parent is not None and parent._kind == ELEMENT and _local(parent).lower() in _RAW:
        return str.__str__(text)
    return html_text(text, in_html)


def _begins_with_tag(node):
    return node._first is not None and node._first._kind != ENTITY


def _local(node):
    return node._tag[node._tag.rfind("}") + 1 :]


def _special(node):
    if node._kind == COMMENT:
        return "" if node._text is None else "<!--%s-->" % node._text
    if node._kind == ENTITY:
        return "&%s;" % node._name
    return "<?%s%s>" % (node._target, " " + node._text if node._text is not None else "")


class _Writer:
    def __init__(self, put, pretty, in_html):
        self._put = put
        self._pretty = pretty
        self._in_html = in_html

    def write(self, top):
        """Writes a subtree; depth is kept by hand."""
        put = self._put
        node = top
        while True:
            if node._kind == ELEMENT:
                if self._open(node, node is top):
                    node = node._first
                    continue
                if self._pretty and node is not top:
                    self._break_behind(node)
            else:
                put(_special(node))
            while True:
                if node is top:
                    return
                if node._tail is not None:
                    put(_text(node._tail, node._parent, self._in_html))
                if node._next is not None:
                    node = node._next
                    break
                node = node._parent
                self._close(node, node is top)

    def _open(self, node, is_top):
        """Writes a start tag, and all of an element without child nodes; answers whether it has any."""
        put = self._put
        tag = node._tag
        plain = tag[0] != "{"
        name = tag if plain else qualified_name(node)
        start = "<" + name
        defs = scope_written(node) if is_top else node._nsdefs
        if defs:
            start += declarations(defs)
        for key, value in node._attrs.items():
            start += self._attribute(node, key, value)
        lower = tag.lower() if plain else None
        text = node._text
        if lower in VOID:
            put(start + ">")
            return False
        if node._first is None and text is None:
            put(start + (">" if lower in NO_END_WHEN_EMPTY else "></%s>" % name))
            return False
        put(start + ">")
        if self._pretty:
            self._break_inside(node, text is None and _begins_with_tag(node))
        if text is not None:
            put(_text(text, node, self._in_html))
        if node._first is not None:
            return True
        self._put("</%s>" % name)
        return False

    def _attribute(self, node, key, value):
        if key[0] == "{":
            name, local = qualified_attribute(node, key), key[key.index("}") + 1 :]
        else:
            name = local = key
        lower = local.lower()
        if value is NO_VALUE or lower in BOOLEAN_ATTRIBUTES:
            return " " + name
        value = html_attribute(value, self._in_html)
        if name is key and node._tag[0] != "{":
            if lower in URL_ATTRIBUTES or (node._tag.lower(), lower) in URL_ATTRIBUTES_OF:
                value = html_url(value)
        return " %s=%s" % (name, quoted(value))

    def _close(self, node, is_top):
        if self._pretty:
            self._break_inside(node, node._last._tail is None and node._last._kind != ENTITY)
        self._put("</%s>" % qualified_name(node))
        if self._pretty and not is_top:
            self._break_behind(node)

    def _break_inside(self, node, at_tag):
        """A line break after a start tag or before an end tag, next to another tag."""
        first, last = node._first, node._last
        several = first is not None and (
            first is not last or node._text is not None or last._tail is not None
        )
        if at_tag and several and _is_block(node) and node._tag[0] != "p":
            self._put("\n")

    def _break_behind(self, node):
        if not _is_block(node) or node._tail is not None or node._next is None:
            return
        if node._next._kind != ENTITY and _local(node._parent)[:1] != "p":
            self._put("\n")


def _is_block(node):
    return node._tag.lower() in BLOCKS
