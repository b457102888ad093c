"""Trees of XPath expressions become functions of ``(node, position, size, env)``."""

import math
import operator
from functools import lru_cache

from . import _xpath_functions
from ._errors import XPathEvalError
from ._node import ELEMENT
from ._xpath_axes import document_order
from ._xpath_parser import parse
from ._xpath_steps import compile_steps
from ._xpath_values import as_boolean, as_number, equal, ordered

# What is known of an expression's type before it is evaluated; an extension's is not.
_BOOLEAN, _OTHER, _NUMBER, _UNKNOWN = "boolean", "other", "number", "unknown"


@lru_cache(maxsize=2048)
def compile_expression(text):
    """The function of an expression; raises XPathEvalError."""
    return _compile(parse(text))[0]


def _compile(tree):
    """``(function, type, whether the position matters)``."""
    return _COMPILERS[tree[0]](tree)


def _number(tree):
    value = tree[1]
    return (lambda node, position, size, env: value), _NUMBER, False


def _literal(tree):
    value = tree[1]
    return (lambda node, position, size, env: value), _OTHER, False


def _variable(tree):
    name = tree[1]
    return (lambda node, position, size, env: env.variable(name)), _UNKNOWN, False


def _group(tree):
    return _compile(tree[1])


def _negate(tree):
    value, _type, positional = _compile(tree[1])
    return (
        lambda node, position, size, env: -as_number(value(node, position, size, env)),
        _NUMBER,
        positional,
    )


def _logical(tree):
    (left, _l, first), (right, _r, second) = _compile(tree[1]), _compile(tree[2])
    if tree[0] == "and":
        return (
            lambda n, p, s, env: as_boolean(left(n, p, s, env)) and as_boolean(right(n, p, s, env)),
            _BOOLEAN,
            first or second,
        )
    return (
        lambda n, p, s, env: as_boolean(left(n, p, s, env)) or as_boolean(right(n, p, s, env)),
        _BOOLEAN,
        first or second,
    )


def _equality(tree):
    fast = _attribute_equality(tree)
    if fast is not None:
        return fast, _BOOLEAN, False
    (left, _l, first), (right, _r, second) = _compile(tree[1]), _compile(tree[2])
    negated = tree[0] == "!="
    return (
        lambda n, p, s, env: equal(left(n, p, s, env), right(n, p, s, env), negated),
        _BOOLEAN,
        first or second,
    )


def _attribute_equality(tree):
    """``@name = 'text'``, by far the commonest predicate, without sets of one."""
    _operator, left, right = tree
    if tree[0] != "=" or left[0] != "path" or left[1] is not None or right[0] != "literal":
        return None
    if len(left[2]) != 1:
        return None
    axis, (kind, name), predicates = left[2][0]
    if axis != "attribute" or kind != "name" or ":" in name or name == "*" or predicates:
        return None
    value = right[1]
    return lambda node, p, s, env: (
        type(node) is not tuple and node._kind == ELEMENT and node._attrs.get(name) == value
    )


def _comparison(tree):
    (left, _l, first), (right, _r, second) = _compile(tree[1]), _compile(tree[2])
    sign = tree[0]
    return (
        lambda n, p, s, env: ordered(sign, left(n, p, s, env), right(n, p, s, env)),
        _BOOLEAN,
        first or second,
    )


def _arithmetic(tree):
    (left, _l, first), (right, _r, second) = _compile(tree[1]), _compile(tree[2])
    combine = _ARITHMETIC[tree[0]]
    return (
        lambda n, p, s, env: combine(
            as_number(left(n, p, s, env)), as_number(right(n, p, s, env))
        ),
        _NUMBER,
        first or second,
    )


def _divide(left, right):
    if right != 0:
        return left / right
    if left == 0 or left != left:
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _modulo(left, right):
    if right == 0 or left in (math.inf, -math.inf) or left != left or right != right:
        return math.nan
    return math.fmod(left, right)


_ARITHMETIC = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _modulo,
}


def _union(tree):
    (left, _l, first), (right, _r, second) = _compile(tree[1]), _compile(tree[2])

    def run(n, p, s, env):
        sets = left(n, p, s, env), right(n, p, s, env)
        if type(sets[0]) is not list or type(sets[1]) is not list:
            raise XPathEvalError("Invalid type")
        return document_order(sets[0] + sets[1])

    return run, _OTHER, first or second


def _call(tree):
    name, arguments = tree[1], [_compile(argument) for argument in tree[2]]
    functions = [function for function, _type, _positional in arguments]
    positional = any(positional for _function, _type, positional in arguments)
    core = _xpath_functions.CORE.get(name)
    if core is None:
        return _extension_call(name, functions), _UNKNOWN, positional
    function, least, most, result = core
    if not least <= len(functions) <= (most if most is not None else len(functions)):
        return _wrong_number, _UNKNOWN, False

    def run(node, position, size, env):
        values = [argument(node, position, size, env) for argument in functions]
        return function((node, position, size, env), *values)

    return run, result, positional or name in ("position", "last")


def _wrong_number(node, position, size, env):
    raise XPathEvalError("Invalid number of arguments")


def _extension_call(name, arguments):
    prefix, _colon, local = name.rpartition(":")

    def run(node, position, size, env):
        values = [argument(node, position, size, env) for argument in arguments]
        return env.call(prefix or None, local, node, values)

    return run


def _predicate(tree):
    """``(function, whether the position matters)``."""
    function, kind, positional = _compile(tree)
    if kind in (_NUMBER, _UNKNOWN) or positional:
        return function, True
    return function, False


def _filter(tree):
    value, _type, positional = _compile(tree[1])
    steps = compile_steps([("self", ("node", None), ())], _predicate)
    predicates = [_predicate(predicate) for predicate in tree[2]]

    def run(n, p, s, env):
        nodes = value(n, p, s, env)
        if type(nodes) is not list:
            raise XPathEvalError("Invalid type")
        nodes = steps(nodes, env)
        for predicate, _counts in predicates:
            size, kept = len(nodes), []
            for index, node in enumerate(nodes):
                result = predicate(node, index + 1, size, env)
                if result == index + 1 if type(result) is float else as_boolean(result):
                    kept.append(node)
            nodes = kept
        return nodes

    return run, _OTHER, positional


def _path(tree):
    _kind, start, steps = tree
    run = compile_steps(steps, _predicate) if steps else (lambda nodes, env: nodes)
    if start is None:
        return (lambda node, position, size, env: run([node], env)), _OTHER, False
    if start == "/":
        return (lambda node, position, size, env: run([env.top(node)], env)), _OTHER, False
    value, _type, positional = _compile(start)

    def from_value(n, p, s, env):
        nodes = value(n, p, s, env)
        if type(nodes) is not list:
            raise XPathEvalError("Invalid type")
        # Nodes of a filter may lie inside each other.
        return document_order(
            [found for node in nodes for found in run([node], env)]
        ) if len(nodes) > 1 else run(nodes, env)

    return from_value, _OTHER, positional


_COMPILERS = {
    "number": _number,
    "literal": _literal,
    "variable": _variable,
    "group": _group,
    "negate": _negate,
    "call": _call,
    "filter": _filter,
    "path": _path,
    "|": _union,
    **dict.fromkeys(("and", "or"), _logical),
    **dict.fromkeys(("=", "!="), _equality),
    **dict.fromkeys(("<", "<=", ">", ">="), _comparison),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
}
