"""XPath expressions as tokens."""

import re

from ._errors import XPathEvalError
from ._names import NCNAME

_token = re.compile(
    r"""[ \t\r\n]*(?:
      (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<variable>\$(?:%(name)s:)?%(name)s)
    | (?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*])
    | (?P<name>%(name)s(?:[ \t\r\n]*:(?!:)[ \t\r\n]*(?:%(name)s|\*))?)
    )"""
    % {"name": NCNAME},
    re.VERBOSE,
).match
_blank = re.compile(r"[ \t\r\n]*\Z").match
_OPERATOR_NAMES = ("and", "or", "mod", "div")
_BEFORE_OPERANDS = frozenset(
    ("@", "::", "(", "[", ",", "and", "or", "mod", "div", "*")
    + ("/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=")
)


def tokenize(text):
    """Pairs of kind and text; operators have the kind ``operator``."""
    tokens, at = [], 0
    while not _blank(text, at):
        match = _token(text, at)
        if match is None:
            raise XPathEvalError("Invalid expression")
        tokens.append(_classify(match.lastgroup, match.group(match.lastgroup), tokens))
        at = match.end()
    return tokens


def _classify(kind, value, tokens):
    before = tokens[-1] if tokens else None
    operand_may_end = before is not None and not (
        before[0] == "operator" or before[1] in _BEFORE_OPERANDS and before[0] == "symbol"
    )
    if kind == "name":
        if operand_may_end and value in _OPERATOR_NAMES:
            return "operator", value
        return "name", "".join(value.split())
    if kind == "literal":
        return kind, value[1:-1]
    if kind == "symbol":
        if value == "*":
            return ("operator", "*") if operand_may_end else ("name", "*")
        if value in ("|", "+", "-", "=", "!=", "<", "<=", ">", ">="):
            return "operator", value
    return kind, value
