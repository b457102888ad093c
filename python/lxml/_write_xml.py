"""Trees as XML, the way libxml2 writes it."""

from ._escaping import xml_attribute, xml_text
from ._namespaces import prefix_for, scope_written, uri_in
from ._node import COMMENT, ELEMENT, ENTITY
from ._text import Sections


def write_xml(top, pretty=False):
    """The text of a node without its tail; an element declares the namespaces in force above it."""
    parts = []
    _Writer(parts.append, pretty).write(top)
    return "".join(parts)


def text_of(text):
    """Text as it is written, sections of CDATA included."""
    if type(text) is not Sections:
        return xml_text(text)
    return "".join(
        "<![CDATA[%s]]>" % part if section else xml_text(part) for part, section in text.parts
    )


def qualified_name(node):
    """The name of an element with its prefix."""
    tag = node._tag
    if tag[0] == "{":
        tag = tag[tag.index("}") + 1 :]
        if node._prefix is not None:
            return "%s:%s" % (node._prefix, tag)
    return tag


def attribute_text(node):
    """The attributes of an element, each with a blank before it."""
    text = ""
    for name, value in node._attrs.items():
        if name[0] == "{":
            name = qualified_attribute(node, name)
        text += ' %s="%s"' % (name, xml_attribute(value))
    return text


def qualified_attribute(node, name):
    """The name of an attribute with its prefix."""
    prefix = (node._attr_prefixes or {}).get(name)
    if prefix is None:
        prefix = prefix_for(node, uri_in(name), None, True)
    return "%s:%s" % (prefix, name[name.index("}") + 1 :])


def declarations(defs):
    """Declarations of namespaces, each with a blank before it."""
    text = ""
    for prefix, uri in defs.items():
        name = "xmlns" if prefix is None else "xmlns:" + prefix
        text += ' %s="%s"' % (name, xml_attribute(uri or ""))
    return text


def special_text(node):
    """A comment, an instruction or an entity reference."""
    if node._kind == COMMENT:
        return "" if node._text is None else "<!--%s-->" % node._text
    if node._kind == ENTITY:
        return "&%s;" % node._name
    if node._text is not None:
        return "<?%s %s?>" % (node._target, node._text)
    return "<?%s?>" % node._target


class _Writer:
    def __init__(self, put, pretty):
        self._put = put
        self._pretty = pretty

    def write(self, top):
        """Writes a subtree. Depth is kept by hand: documents are nested deeper than Python may call."""
        put, pretty = self._put, self._pretty
        node, level = top, 0
        flat_from = None
        while True:
            if node._kind == ELEMENT:
                attributes = attribute_text(node) if node._attrs else ""
                defs = scope_written(node) if node is top else node._nsdefs
                name = qualified_name(node)
                if defs:
                    attributes = declarations(defs) + attributes
                first, text = node._first, node._text
                if first is None and text is None:
                    put("<%s%s/>" % (name, attributes))
                else:
                    put("<%s%s>" % (name, attributes))
                    if text is not None:
                        put(text_of(text))
                    if first is None:
                        put("</%s>" % name)
                    else:
                        if pretty and flat_from is None and has_text(node):
                            flat_from = node
                        level += 1
                        if pretty and flat_from is None:
                            put("\n" + "  " * level)
                        node = first
                        continue
            else:
                put(special_text(node))
            while True:
                if node is top:
                    return
                if node._tail is not None:
                    put(text_of(node._tail))
                after = node._next
                if after is not None:
                    if pretty and flat_from is None:
                        put("\n" + "  " * level)
                    node = after
                    break
                node = node._parent
                level -= 1
                if pretty and flat_from is None:
                    put("\n" + "  " * level)
                if node is flat_from:
                    flat_from = None
                put("</%s>" % qualified_name(node))


def has_text(node):
    """Whether an element holds text or an entity beside elements: then white space would matter."""
    if node._text is not None:
        return True
    child = node._first
    while child is not None:
        if child._tail is not None or child._kind == ENTITY:
            return True
        child = child._next
    return False
