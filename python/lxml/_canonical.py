"""Canonical XML 1.0, inclusive and exclusive (https://www.w3.org/TR/xml-c14n, …/xml-exc-c14n)."""

from ._names import XML_NAMESPACE
from ._namespaces import scope_of, uri_in
from ._node import COMMENT, DOCUMENT, ELEMENT, ENTITY
from ._write_xml import qualified_attribute, qualified_name

_text_table = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
_attribute_table = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}
)


def write_c14n(element_or_tree, exclusive, inclusive_prefixes, with_comments):
    """The canonical form as bytes."""
    writer = _Writer(exclusive, {prefix or None for prefix in inclusive_prefixes}, with_comments)
    if hasattr(element_or_tree, "getroot"):
        root = element_or_tree.getroot()
        writer.beside(root, "_prev")
        writer.element(root)
        writer.beside(root, "_next")
    else:
        writer.element(element_or_tree)
    return "".join(writer.parts).encode("utf-8")


class _Writer:
    def __init__(self, exclusive, inclusive_prefixes, with_comments):
        self.parts = []
        self._exclusive = exclusive
        self._inclusive = inclusive_prefixes
        self._with_comments = with_comments

    def beside(self, root, step):
        """Comments and instructions before or after a root element."""
        if root._parent is None or root._parent._kind != DOCUMENT:
            return
        found, node = [], getattr(root, step)
        while node is not None:
            text = self._special(node)
            if text is not None:
                found.append("\n" + text if step == "_next" else text + "\n")
            node = getattr(node, step)
        self.parts.extend(found if step == "_next" else reversed(found))

    def element(self, top):
        """A subtree."""
        put = self.parts.append
        node, rendered = top, [{}]
        while True:
            if node._kind == ELEMENT:
                rendered.append(self._start(node, rendered[-1], node is top))
                if node._text is not None:
                    put(node._text.translate(_text_table))
                if node._first is not None:
                    node = node._first
                    continue
                put("</%s>" % qualified_name(node))
                rendered.pop()
            else:
                put(self._special(node) or "")
            while True:
                if node is top:
                    return
                if node._tail is not None:
                    put(node._tail.translate(_text_table))
                if node._next is not None:
                    node = node._next
                    break
                node = node._parent
                put("</%s>" % qualified_name(node))
                rendered.pop()

    def _special(self, node):
        if node._kind == COMMENT:
            return "<!--%s-->" % (node._text or "").replace("\r", "&#xD;") if self._with_comments else None
        if node._kind == ENTITY:
            return "&%s;" % node._name
        text = (node._text or "").replace("\r", "&#xD;")
        return "<?%s %s?>" % (node._target, text) if text else "<?%s?>" % node._target

    def _start(self, node, rendered, is_top):
        scope = scope_of(node)
        attributes = [(key, value) for key, value in node._attrs.items()]
        wanted = self._declared(node, scope, rendered)
        if is_top and not self._exclusive:
            attributes += _inherited(node)
        text = "<" + qualified_name(node)
        for prefix, uri in sorted(wanted.items(), key=lambda item: item[0] or ""):
            name = "xmlns" if prefix is None else "xmlns:" + prefix
            text += ' %s="%s"' % (name, uri.translate(_attribute_table))
        for key, value in sorted(attributes, key=_attribute_order):
            name = qualified_attribute(node, key) if key[0] == "{" else key
            text += ' %s="%s"' % (name, value.translate(_attribute_table))
        self.parts.append(text + ">")
        return {**rendered, **wanted}

    def _declared(self, node, scope, rendered):
        if self._exclusive:
            used = {prefix: scope.get(prefix) for prefix in self._inclusive if prefix in scope}
            used.update(_used(node))
        else:
            used = dict(scope)
            used.setdefault(None, "")
        wanted = {}
        for prefix, uri in used.items():
            uri = uri or ""
            if prefix != "xml" and rendered.get(prefix, "") != uri:
                wanted[prefix] = uri
        return wanted


def _used(node):
    """The namespaces that an element and its attributes name themselves with."""
    used = {node._prefix: uri_in(node._tag) or ""}
    for key in node._attrs:
        if key[0] == "{":
            prefix = qualified_attribute(node, key).partition(":")[0]
            used[prefix] = uri_in(key)
    return used


def _attribute_order(item):
    key = item[0]
    uri = uri_in(key) or ""
    return uri, key[key.rfind("}") + 1 :]


def _inherited(node):
    """Attributes of the namespace ``xml`` that come down from above the top."""
    start = "{%s}" % XML_NAMESPACE
    found, parent = {}, node._parent
    while parent is not None and parent._kind == ELEMENT:
        for key, value in parent._attrs.items():
            if key.startswith(start) and key not in node._attrs:
                found.setdefault(key, value)
        parent = parent._parent
    return list(found.items())
