"""Location steps: from a list of nodes to the next, in document order and each once.

A compiled step is a function of ``(nodes, env)``. It may rely on its input being in document order,
and answers in it. ``nested`` says that a node may lie inside another: then what follows must be sorted.
"""

from ._namespaces import uri_in
from ._node import COMMENT, ELEMENT, INSTRUCTION
from ._xpath_axes import AXES, REVERSE, document_order, named_descendants
from ._xpath_values import ATTRIBUTE, TAIL, TEXT

_BELOW = ("descendant-or-self", ("node", None), ())


def compile_steps(steps, compile_predicate):
    """One function for a chain of steps."""
    compiled, nested = [], False
    for axis, test, predicates in _merged(steps, compile_predicate):
        function, nested = _compile_step(axis, test, predicates, nested)
        compiled.append(function)
    if len(compiled) == 1:
        return compiled[0]

    def run(nodes, env):
        for step in compiled:
            nodes = step(nodes, env)
        return nodes

    return run


def _merged(steps, compile_predicate):
    """Steps with compiled predicates; ``//x`` becomes one walk where positions do not matter."""
    merged = []
    for axis, test, predicates in steps:
        compiled = tuple(compile_predicate(predicate) for predicate in predicates)
        plain = all(not positional for _function, positional in compiled)
        if merged and merged[-1] == _BELOW and plain and axis in ("child", "descendant"):
            merged[-1] = ("descendant", test, compiled)
        else:
            merged.append((axis, test, compiled))
    return merged


def _compile_step(axis, test, predicates, nested):
    select = _selector(axis, test)
    backwards = axis in REVERSE

    def one(node, env):
        found = select(node, env)
        for predicate, positional in predicates:
            found = _filtered(found, predicate, positional, env)
        return found

    unique = axis in ("child", "attribute", "self", "namespace")
    in_order = axis == "self" or (unique and not nested)
    if not nested and axis in ("descendant", "descendant-or-self"):
        unique = in_order = True

    def run(nodes, env):
        if len(nodes) == 1:
            found = one(nodes[0], env)
            return found[::-1] if backwards else found
        found = []
        for node in nodes:
            found.extend(one(node, env))
        if unique and in_order or len(found) < 2:
            return found
        return document_order(found)

    stays_flat = axis in ("child", "attribute", "self", "namespace") and not nested
    return run, not stays_flat


def _filtered(nodes, predicate, positional, env):
    if not nodes:
        return nodes
    if not positional:
        return [node for node in nodes if predicate(node, 1, 1, env)]
    size = len(nodes)
    kept = []
    for index, node in enumerate(nodes):
        value = predicate(node, index + 1, size, env)
        if type(value) is float:
            value = value == index + 1
        if value:
            kept.append(node)
    return kept


def _selector(axis, test):
    """A function of a node and the environment: the nodes of an axis that pass a test."""
    kind, argument = test
    walk = AXES[axis]
    if kind == "node":
        return lambda node, env: walk(node, True)
    if kind == "text":
        return lambda node, env: [
            found for found in walk(node, True) if type(found) is tuple and found[1] in (TEXT, TAIL)
        ]
    if kind == "comment":
        return lambda node, env: [
            found for found in walk(node, False) if type(found) is not tuple and found._kind == COMMENT
        ]
    if kind == "processing-instruction":
        return lambda node, env: [
            found
            for found in walk(node, False)
            if type(found) is not tuple
            and found._kind == INSTRUCTION
            and (argument is None or found._target == argument)
        ]
    prefix, colon, local = argument.rpartition(":")
    if axis == "attribute":
        return _attribute_selector(prefix, colon, local)
    if axis == "namespace":
        return lambda node, env: [
            found for found in walk(node, False) if local in ("*", found[2][0])
        ]
    return _element_selector(axis, walk, prefix, colon, local)


def _attribute_selector(prefix, colon, local):
    if not colon and local != "*":
        return lambda node, env: (
            [(node, ATTRIBUTE, local)]
            if type(node) is not tuple and node._kind == ELEMENT and local in node._attrs
            else []
        )
    walk = AXES["attribute"]
    if not colon:
        return lambda node, env: walk(node, False)

    def select(node, env):
        uri = env.uri_of(prefix)
        if local == "*":
            return [found for found in walk(node, False) if uri_in(found[2]) == uri]
        name = "{%s}%s" % (uri, local)
        return [found for found in walk(node, False) if found[2] == name]

    return select


def _element_selector(axis, walk, prefix, colon, local):
    if local == "*" and not colon:
        return lambda node, env: [
            found for found in walk(node, False) if type(found) is not tuple and found._kind == ELEMENT
        ]
    if local == "*":
        return lambda node, env: _in_namespace(walk(node, False), env.uri_of(prefix))
    if not colon:
        return _plain_selector(axis, walk, local)

    def select(node, env):
        return _named(walk(node, False), "{%s}%s" % (env.uri_of(prefix), local))

    return select


def _plain_selector(axis, walk, tag):
    if axis == "descendant":
        return lambda node, env: named_descendants(node, tag)
    if axis == "child":
        return lambda node, env: _named_children(node, tag)
    return lambda node, env: _named(walk(node, False), tag)


def _named_children(node, tag):
    if type(node) is tuple:
        return []
    found, child = [], node._first
    while child is not None:
        if child._tag == tag:
            found.append(child)
        child = child._next
    return found


def _named(nodes, tag):
    return [
        node
        for node in nodes
        if type(node) is not tuple and node._kind == ELEMENT and node._tag == tag
    ]


def _in_namespace(nodes, uri):
    start = "{%s}" % uri
    return [
        node
        for node in nodes
        if type(node) is not tuple and node._kind == ELEMENT and node._tag.startswith(start)
    ]


