"""The grammar of XPath 1.0: tokens become a tree of tuples.

Nodes: ``("number", n)``, ``("literal", s)``, ``("variable", name)``, ``("call", name, arguments)``,
``("negate", e)``, ``(operator, a, b)``, ``("filter", e, predicates)`` and
``("path", start, steps)``, whose start is None, ``"/"`` or an expression; a step is
``(axis, test, predicates)``, a test ``(kind, argument)``.
"""

from ._errors import XPathEvalError
from ._xpath_tokens import tokenize

_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_NODE_TYPES = ("comment", "text", "processing-instruction", "node")
AXES = frozenset(
    ("ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self")
    + ("following", "following-sibling", "namespace", "parent", "preceding", "preceding-sibling")
    + ("self",)
)
_ANY = ("node", None)
_BELOW = ("descendant-or-self", _ANY, ())


def parse(text):
    """The tree of an expression; raises XPathEvalError."""
    parser = _Parser(tokenize(text))
    tree = parser.expression(0)
    if parser.peek() != _END:
        raise XPathEvalError("Invalid expression")
    return tree


_END = ("end", "")


class _Parser:
    def __init__(self, tokens):
        self._tokens = tokens
        self._at = 0

    def peek(self, ahead=0):
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _END

    def _take(self):
        token = self.peek()
        self._at += 1
        return token

    def _is(self, text):
        token = self.peek()
        return token[1] == text and token[0] in ("symbol", "operator")

    def _accept(self, text):
        if self._is(text):
            self._at += 1
            return True
        return False

    def _expect(self, text, message="Invalid expression"):
        if not self._accept(text):
            raise XPathEvalError(message)

    def expression(self, level):
        if level == len(_LEVELS):
            return self._unary()
        left = self.expression(level + 1)
        while self.peek()[0] == "operator" and self.peek()[1] in _LEVELS[level]:
            operator = self._take()[1]
            left = (operator, left, self.expression(level + 1))
        return left

    def _unary(self):
        negative = False
        found = False
        while self._accept("-"):
            negative, found = not negative, True
        operand = self._union()
        if not found:
            return operand
        return ("negate", operand) if negative else ("negate", ("negate", operand))

    def _union(self):
        left = self._path()
        while self._accept("|"):
            left = ("|", left, self._path())
        return left

    def _path(self):
        if not self._starts_filter():
            return self._location_path()
        primary = self._primary()
        predicates = self._predicates()
        if predicates:
            primary = ("filter", primary, predicates)
        if self._is("/") or self._is("//"):
            return ("path", primary, self._rooted_steps())
        return primary

    def _starts_filter(self):
        kind, value = self.peek()
        if kind in ("number", "literal", "variable") or (kind, value) == ("symbol", "("):
            return True
        follows = self.peek(1) == ("symbol", "(")
        return kind == "name" and follows and value not in _NODE_TYPES

    def _primary(self):
        kind, value = self._take()
        if kind == "number":
            return ("number", float(value))
        if kind == "literal":
            return ("literal", value)
        if kind == "variable":
            return ("variable", value[1:])
        if kind == "symbol":
            inner = self.expression(0)
            self._expect(")")
            return ("group", inner)
        self._expect("(")
        arguments = []
        if not self._accept(")"):
            arguments.append(self.expression(0))
            while self._accept(","):
                arguments.append(self.expression(0))
            self._expect(")")
        return ("call", value, tuple(arguments))

    def _location_path(self):
        if self._is("//"):
            return ("path", "/", self._rooted_steps())
        if self._accept("/"):
            if not self._starts_step() and not self._is("/") and not self._is("//"):
                return ("path", "/", ())
            return ("path", "/", self._separated_steps(self._first_step([])))
        return ("path", None, self._separated_steps([self._step()]))

    def _first_step(self, steps):
        # libxml2 takes one more separator where a relative path begins.
        if self._accept("//"):
            steps.append(_BELOW)
        else:
            self._accept("/")
        steps.append(self._step())
        return steps

    def _rooted_steps(self):
        steps = []
        if self._accept("//"):
            steps.append(_BELOW)
        else:
            self._expect("/")
        return self._separated_steps(self._first_step(steps))

    def _separated_steps(self, steps):
        while True:
            if self._accept("//"):
                steps.append(_BELOW)
            elif not self._accept("/"):
                return tuple(steps)
            steps.append(self._step())

    def _starts_step(self):
        kind, value = self.peek()
        return kind == "name" or (kind == "symbol" and value in (".", "..", "@"))

    def _step(self):
        if self._accept("."):
            return ("self", _ANY, self._predicates())
        if self._accept(".."):
            return ("parent", _ANY, self._predicates())
        axis = "child"
        if self._accept("@"):
            axis = "attribute"
        elif self.peek(1) == ("symbol", "::"):
            axis = self._take()[1]
            self._take()
            if axis not in AXES:
                raise XPathEvalError("Invalid expression")
        return (axis, self._node_test(), self._predicates())

    def _node_test(self):
        kind, value = self._take()
        if kind != "name":
            raise XPathEvalError("Invalid expression")
        if value in _NODE_TYPES and self._accept("("):
            argument = None
            if value == "processing-instruction" and self.peek()[0] == "literal":
                argument = self._take()[1]
            self._expect(")")
            return (value, argument)
        return ("name", value)

    def _predicates(self):
        found = []
        while self._accept("["):
            found.append(self.expression(0))
            self._expect("]", "Invalid predicate")
        return tuple(found)
