"""The path language of ``find``: a small part of XPath, with ``{uri}name`` and predicates."""

import re
from functools import lru_cache

_tokens = re.compile(
    r"""('[^']*'|"[^"]*")|(::|//?|\.\.|\(\)|!=|[/.*:\[\]()@=])|((?:\{[^}]+\})?[^/\[\]()@!=\s]+)|\s+"""
).findall


def find(elem, path, namespaces=None):
    """The first element that a path selects, or None."""
    return next(iterfind(elem, path, namespaces), None)


def findall(elem, path, namespaces=None):
    """The elements that a path selects."""
    return list(iterfind(elem, path, namespaces))


def findtext(elem, path, default=None, namespaces=None):
    """The text of the first element that a path selects."""
    found = find(elem, path, namespaces)
    return default if found is None else found.text or ""


def iterfind(elem, path, namespaces=None):
    """The elements that a path selects, one after the other."""
    known = tuple(sorted((namespaces or {}).items(), key=lambda item: item[0] or ""))
    found = iter((elem,))
    for step in _compiled(path, known):
        found = step(found)
    return found


@lru_cache(maxsize=512)
def _compiled(path, namespaces):
    if path.startswith("/"):
        raise SyntaxError("cannot use absolute path on element")
    if path.endswith("/"):
        path += "*"
    tokens = [(text or operator, name) for text, operator, name in _tokens(path) if text or operator or name]
    reader = _Reader(tokens, dict(namespaces))
    steps = [reader.step()]
    while reader.left():
        separator, name = reader.next()
        if name or separator not in ("/", "//"):
            raise SyntaxError("invalid path")
        if separator == "//":
            steps.append(reader.descendants())
        else:
            steps.append(reader.step())
        steps.extend(reader.predicates())
    return tuple(steps)


class _Reader:
    def __init__(self, tokens, namespaces):
        self._tokens = tokens
        self._at = 0
        self._namespaces = namespaces
        self._pending = []

    def left(self):
        return self._at < len(self._tokens)

    def next(self):
        if not self.left():
            raise SyntaxError("invalid path")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self):
        return self._tokens[self._at] if self.left() else ("", "")

    def step(self):
        operator, name = self.next()
        if operator == ".":
            chosen = _same
        elif operator == "..":
            chosen = _parents
        elif operator == "//":
            return self.descendants()
        else:
            chosen = _children(self._tag(operator, name))
        return _chain([chosen, *self.predicates()])

    def descendants(self):
        operator, name = self.next()
        return _descendants("*" if operator == "." else self._tag(operator, name))

    def _tag(self, operator, name):
        if operator == "*":
            return "*"
        if not name:
            raise SyntaxError("invalid descendant")
        if name[0] != "{":
            prefix, colon, local = name.partition(":")
            if colon:
                if prefix not in self._namespaces:
                    raise SyntaxError("prefix %r not found in prefix map" % prefix)
                return "{%s}%s" % (self._namespaces[prefix], local)
            if self._namespaces.get(None) or self._namespaces.get(""):
                return "{%s}%s" % (self._namespaces.get(None) or self._namespaces[""], name)
        return name

    def predicates(self):
        found = []
        while self._peek()[0] == "[":
            self.next()
            found.append(self._predicate())
        return found

    def _predicate(self):
        parts = []
        while True:
            operator, name = self.next()
            if operator == "]":
                break
            parts.append((operator, name))
        shape = "".join("'" if op[:1] in "'\"" and op else op or "n" for op, _name in parts)
        values = [name or op[1:-1] for op, name in parts if name or op[:1] in ("'", '"')]
        return self._by_shape(shape, values)

    def _by_shape(self, shape, values):
        if shape == "@n":
            key = values[0]
            return _where(lambda node: node.get(key) is not None)
        if shape in ("@n='", "@n!='"):
            key, value = values
            if "!" in shape:
                return _where(lambda node: node.get(key) is not None and node.get(key) != value)
            return _where(lambda node: node.get(key) == value)
        if shape in (".='", ".!='"):
            value, differs = values[0], "!" in shape
            return _where(lambda node: ("".join(node.itertext()) == value) != differs)
        if shape in ("n='", "n!='"):
            tag, value, differs = self._tag("", values[0]), values[1], "!" in shape
            return _where(
                lambda node: any(
                    ("".join(child.itertext()) == value) != differs for child in node.iterchildren(tag)
                )
            )
        if shape == "n" and re.match(r"-?\d+\Z", values[0]):
            return _position(int(values[0]) - 1)
        if shape == "n()" and values[0] == "last":
            return _position(-1)
        if shape == "n()n" and values[0] == "last" and re.match(r"-\d+\Z", values[1]):
            return _position(int(values[1]) - 1)
        if shape == "n":
            tag = self._tag("", values[0])
            return _where(lambda node: next(node.iterchildren(tag), None) is not None)
        raise SyntaxError("invalid predicate")


def _chain(steps):
    def run(nodes):
        for step in steps:
            nodes = step(nodes)
        return nodes

    return run


def _same(nodes):
    return nodes


def _parents(nodes):
    seen = []
    for node in nodes:
        parent = node.getparent()
        if parent is not None and not any(parent is each for each in seen):
            seen.append(parent)
            yield parent


def _children(tag):
    def run(nodes):
        for node in nodes:
            yield from node.iterchildren(tag)

    return run


def _descendants(tag):
    def run(nodes):
        for node in nodes:
            yield from node.iterdescendants(tag)

    return run


def _where(wanted):
    def run(nodes):
        return (node for node in nodes if wanted(node))

    return run


def _position(index):
    def run(nodes):
        for node in nodes:
            parent = node.getparent()
            if parent is None:
                continue
            same = list(parent.iterchildren(node.tag))
            if -len(same) <= index < len(same) and same[index] is node:
                yield node

    return run
