"""The core functions of XPath 1.0: ``name: (function, fewest arguments, most, type of the result)``."""

import math
import re

from ._errors import XPathEvalError
from ._names import XML_NAMESPACE
from ._namespaces import local_of, uri_in
from ._node import DOCUMENT, ELEMENT, INSTRUCTION, walk
from ._xpath_values import (
    ATTRIBUTE,
    NAMESPACE,
    as_boolean,
    as_number,
    as_text,
    content,
    text_to_number,
)

_words = re.compile(r"[^ \t\r\n]+").findall
_LANG = "{%s}lang" % XML_NAMESPACE
_ID = "{%s}id" % XML_NAMESPACE


def _nodes(value):
    if type(value) is not list:
        raise XPathEvalError("Invalid type")
    return value


def _first(context, values):
    """The node that a function without arguments is about, or the first of its argument."""
    if not values:
        return context[0]
    nodes = _nodes(values[0])
    return nodes[0] if nodes else None


def _local_name(context, *values):
    node = _first(context, values)
    if type(node) is tuple:
        _owner, kind, name = node
        if kind == NAMESPACE:
            return name[0] or ""
        return local_of(name) if kind == ATTRIBUTE else ""
    if node is None or node._kind not in (ELEMENT, INSTRUCTION):
        return ""
    return local_of(node._tag) if node._kind == ELEMENT else node._target


def _namespace_uri(context, *values):
    node = _first(context, values)
    if type(node) is tuple:
        return (uri_in(node[2]) or "") if node[1] == ATTRIBUTE else ""
    if node is None or node._kind != ELEMENT:
        return ""
    return uri_in(node._tag) or ""


def _name(context, *values):
    node = _first(context, values)
    local = _local_name(context, *values)
    if type(node) is tuple:
        owner, kind, name = node
        prefix = (owner._attr_prefixes or {}).get(name) if kind == ATTRIBUTE else None
    else:
        prefix = node._prefix if node is not None and node._kind == ELEMENT else None
    return "%s:%s" % (prefix, local) if prefix else local


def _id(context, value):
    if type(value) is list:
        wanted = {name for node in value for name in content(node).split()}
    else:
        wanted = set(as_text(value).split())
    top = context[3].top(context[0])
    attribute = "id" if top._doc.html else _ID
    return [
        node for node in walk(top) if node._kind == ELEMENT and node._attrs.get(attribute) in wanted
    ]


def _text(context, *values):
    return as_text(values[0]) if values else str.__str__(content(context[0]))


def _normalized(context, *values):
    return " ".join(_words(_text(context, *values)))


def _before(_context, text, mark):
    text, mark = as_text(text), as_text(mark)
    return text.partition(mark)[0] if mark and mark in text else ""


def _after(_context, text, mark):
    text, mark = as_text(text), as_text(mark)
    return text.partition(mark)[2] if mark and mark in text else text if not mark else ""


def _round(number):
    if number != number or number in (math.inf, -math.inf):
        return number
    return float(math.floor(number + 0.5))


def _substring(_context, text, start, length=None):
    text, first = as_text(text), _round(as_number(start))
    last = math.inf if length is None else first + _round(as_number(length))
    if first != first or last != last:
        return ""
    begin = max(first, 1.0)
    if begin > len(text) or last <= begin:
        return ""
    end = len(text) if last == math.inf else int(last) - 1
    return text[int(begin) - 1 : end]


def _translate(_context, text, source, target):
    source, target = as_text(source), as_text(target)
    table = {}
    for index, character in enumerate(source):
        table.setdefault(ord(character), target[index] if index < len(target) else None)
    return as_text(text).translate(table)


def _lang(context, language):
    wanted = as_text(language).lower()
    node = context[0][0] if type(context[0]) is tuple else context[0]
    while node is not None and node._kind != DOCUMENT:
        value = node._attrs.get(_LANG)
        if value is not None:
            value = value.lower()
            return value == wanted or value.startswith(wanted + "-")
        node = node._parent
    return False


def _sum(_context, nodes):
    return math.fsum(text_to_number(content(node)) for node in _nodes(nodes)) if nodes else 0.0


def _whole(function):
    def run(_context, value):
        number = as_number(value)
        finite = number == number and number not in (math.inf, -math.inf)
        return float(function(number)) if finite else number

    return run


CORE = {
    "last": (lambda context: float(context[2]), 0, 0, "number"),
    "position": (lambda context: float(context[1]), 0, 0, "number"),
    "count": (lambda _c, nodes: float(len(_nodes(nodes))), 1, 1, "number"),
    "id": (_id, 1, 1, "other"),
    "local-name": (_local_name, 0, 1, "other"),
    "namespace-uri": (_namespace_uri, 0, 1, "other"),
    "name": (_name, 0, 1, "other"),
    "string": (_text, 0, 1, "other"),
    "concat": (lambda _c, *values: "".join(map(as_text, values)), 2, None, "other"),
    "starts-with": (lambda _c, a, b: as_text(a).startswith(as_text(b)), 2, 2, "boolean"),
    "contains": (lambda _c, a, b: as_text(b) in as_text(a), 2, 2, "boolean"),
    "substring-before": (_before, 2, 2, "other"),
    "substring-after": (_after, 2, 2, "other"),
    "substring": (_substring, 2, 3, "other"),
    "string-length": (lambda c, *values: float(len(_text(c, *values))), 0, 1, "number"),
    "normalize-space": (_normalized, 0, 1, "other"),
    "translate": (_translate, 3, 3, "other"),
    "boolean": (lambda _c, value: as_boolean(value), 1, 1, "boolean"),
    "not": (lambda _c, value: not as_boolean(value), 1, 1, "boolean"),
    "true": (lambda _c: True, 0, 0, "boolean"),
    "false": (lambda _c: False, 0, 0, "boolean"),
    "lang": (_lang, 1, 1, "boolean"),
    "number": (
        lambda c, *values: as_number(values[0]) if values else text_to_number(content(c[0])),
        0,
        1,
        "number",
    ),
    "sum": (_sum, 1, 1, "number"),
    "floor": (_whole(math.floor), 1, 1, "number"),
    "ceiling": (_whole(math.ceil), 1, 1, "number"),
    "round": (lambda _c, value: _round(as_number(value)), 1, 1, "number"),
}
