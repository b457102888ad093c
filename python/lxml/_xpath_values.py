"""The four types of XPath: node-sets (lists), booleans, numbers (floats) and texts."""

import math
import re

from ._node import COMMENT, ELEMENT, ENTITY, INSTRUCTION

#: What a node that is no element is made of: ``(owner, kind, name)``.
TEXT, TAIL, ATTRIBUTE, NAMESPACE, LOOSE = range(5)

_number = re.compile(r"[ \t\r\n]*(-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[ \t\r\n]*\Z").match


def content(node):
    """The text of a node, whatever it is."""
    if type(node) is tuple:
        owner, kind, name = node
        if kind == TEXT:
            return owner._text
        if kind == TAIL:
            return owner._tail
        if kind == ATTRIBUTE:
            return owner._attrs[name]
        return name[1] if kind == NAMESPACE else name
    if node._kind == ELEMENT and node._first is None:
        return node._text or ""
    if node._kind in (COMMENT, INSTRUCTION):
        return node._text or ""
    if node._kind == ENTITY:
        return node.text
    return "".join(_texts(node))


def _texts(top):
    node = top
    while True:
        if node._kind == ELEMENT and node._text is not None:
            yield node._text
        if node._first is not None:
            node = node._first
            continue
        while True:
            if node is top:
                return
            if node._tail is not None:
                yield node._tail
            if node._next is not None:
                node = node._next
                break
            node = node._parent


def as_text(value):
    """``string(value)``."""
    if type(value) is list:
        return str.__str__(content(value[0])) if value else ""
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is float:
        return format_number(value)
    return value


def as_number(value):
    """``number(value)``."""
    if type(value) is float:
        return value
    if type(value) is bool:
        return 1.0 if value else 0.0
    return text_to_number(as_text(value))


def text_to_number(text):
    """The number that a text says; NaN when it says none."""
    match = _number(text)
    return float(match.group(1)) if match else math.nan


def as_boolean(value):
    """``boolean(value)``."""
    if type(value) is float:
        return value != 0 and value == value
    return bool(value)


def format_number(number):
    """A number as text."""
    if number != number:
        return "NaN"
    if number in (math.inf, -math.inf):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = "%.15g" % number
    if "e" not in text:
        return text
    mantissa, _e, exponent = text.partition("e")
    return "%se%s%02d" % (mantissa, exponent[0], int(exponent[1:]))


def equal(left, right, negated):
    """``left = right``, or ``left != right``."""
    if type(left) is list or type(right) is list:
        return _sets_equal(left, right, negated)
    if type(left) is bool or type(right) is bool:
        return (as_boolean(left) == as_boolean(right)) != negated
    if type(left) is float or type(right) is float:
        return (as_number(left) == as_number(right)) != negated
    return (left == right) != negated


def _sets_equal(left, right, negated):
    if type(left) is not list:
        left, right = right, left
    if type(right) is list:
        texts = {content(node) for node in right}
        if not negated:
            return any(content(node) in texts for node in left)
        return any(texts != {content(node)} for node in left) if texts else False
    if type(right) is bool:
        return (bool(left) == right) != negated
    if type(right) is float:
        return any((text_to_number(content(node)) == right) != negated for node in left)
    return any((content(node) == right) != negated for node in left)


def ordered(operator, left, right):
    """``left < right`` and its like."""
    compare = _COMPARISONS[operator]
    if type(left) is bool or type(right) is bool:
        if type(left) is list:
            left = bool(left)
        if type(right) is list:
            right = bool(right)
    lefts = [text_to_number(content(n)) for n in left] if type(left) is list else [as_number(left)]
    if type(right) is list:
        rights = [text_to_number(content(node)) for node in right]
    else:
        rights = [as_number(right)]
    return any(compare(first, second) for first in lefts for second in rights)


_COMPARISONS = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


