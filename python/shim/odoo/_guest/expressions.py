"""A small evaluator of expressions: it walks the syntax tree, so nothing else can happen."""

import ast
import operator
from collections import ChainMap

_BINARY = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_, ast.BitXor: operator.xor,
}  # fmt: skip
_UNARY = {ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert}
_COMPARE = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip
_BUILTINS = {
    function.__name__: function
    for function in (
        abs, all, any, bool, dict, enumerate, filter, float, frozenset, int, isinstance, len, list, map,
        max, min, range, repr, reversed, round, set, sorted, str, sum, tuple, zip,
    )
}  # fmt: skip
_BUILTINS.update({"True": True, "False": False, "None": None})
_MAX_POWER = 1000


def evaluate(text, names):
    """The value of the expression; ValueError with its text when it cannot be had."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise ValueError("%s while parsing\n%r" % (error, text)) from error
    try:
        return _Evaluator(names).visit(tree.body)
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception as error:
        raise ValueError('%s: "%s" while evaluating\n%r' % (type(error).__name__, error, text)) from error


class _Evaluator(ast.NodeVisitor):
    def __init__(self, names):
        self._names = names

    def generic_visit(self, node):
        raise TypeError("%s is not allowed in an expression" % type(node).__name__)

    def visit_Constant(self, node):
        return node.value

    def visit_Name(self, node):
        if "__" in node.id:
            raise NameError("forbidden name %r" % node.id)
        if node.id in self._names:
            return self._names[node.id]
        if node.id in _BUILTINS:
            return _BUILTINS[node.id]
        raise NameError("name %r is not defined" % node.id)

    def visit_Attribute(self, node):
        if node.attr.startswith("_") or node.attr in ("format", "format_map", "mro"):
            raise NameError("forbidden attribute %r" % node.attr)
        return getattr(self.visit(node.value), node.attr)

    def visit_List(self, node):
        return self._items(node.elts)

    def visit_Tuple(self, node):
        return tuple(self._items(node.elts))

    def visit_Set(self, node):
        return set(self._items(node.elts))

    def visit_Dict(self, node):
        result = {}
        for key, value in zip(node.keys, node.values):
            if key is None:
                result.update(self.visit(value))
            else:
                result[self.visit(key)] = self.visit(value)
        return result

    def visit_BoolOp(self, node):
        stop_at = isinstance(node.op, ast.Or)
        value = None
        for part in node.values:
            value = self.visit(part)
            if bool(value) is stop_at:
                break
        return value

    def visit_BinOp(self, node):
        left, right = self.visit(node.left), self.visit(node.right)
        if isinstance(node.op, ast.Pow):
            if abs(left) > _MAX_POWER or abs(right) > _MAX_POWER:
                raise ValueError("power too large")
            return left**right
        return self._operation(_BINARY, node.op)(left, right)

    def visit_UnaryOp(self, node):
        return self._operation(_UNARY, node.op)(self.visit(node.operand))

    def visit_Compare(self, node):
        left = self.visit(node.left)
        for op, part in zip(node.ops, node.comparators):
            right = self.visit(part)
            if not self._operation(_COMPARE, op)(left, right):
                return False
            left = right
        return True

    def visit_IfExp(self, node):
        return self.visit(node.body if self.visit(node.test) else node.orelse)

    def visit_Subscript(self, node):
        return self.visit(node.value)[self.visit(node.slice)]

    def visit_Index(self, node):
        return self.visit(node.value)

    def visit_Slice(self, node):
        return slice(*(self.visit(part) if part else None for part in (node.lower, node.upper, node.step)))

    def visit_Starred(self, node):
        raise TypeError("* is not allowed here")

    def visit_Call(self, node):
        function = self.visit(node.func)
        arguments = self._items(node.args)
        keywords = {}
        for keyword in node.keywords:
            value = self.visit(keyword.value)
            keywords.update(value if keyword.arg is None else {keyword.arg: value})
        return function(*arguments, **keywords)

    def visit_Lambda(self, node):
        names = [argument.arg for argument in node.args.args]

        def function(*values):
            return _Evaluator(ChainMap(dict(zip(names, values)), self._names)).visit(node.body)

        return function

    def visit_JoinedStr(self, node):
        return "".join(str(self.visit(part)) for part in node.values)

    def visit_FormattedValue(self, node):
        value = self.visit(node.value)
        if node.conversion != -1:
            value = {"s": str, "r": repr, "a": ascii}[chr(node.conversion)](value)
        return format(value, self.visit(node.format_spec) if node.format_spec else "")

    def visit_ListComp(self, node):
        return [_Evaluator(names).visit(node.elt) for names in self._loop(node.generators)]

    def visit_SetComp(self, node):
        return {_Evaluator(names).visit(node.elt) for names in self._loop(node.generators)}

    def visit_GeneratorExp(self, node):
        return iter(self.visit_ListComp(node))

    def visit_DictComp(self, node):
        pairs = {}
        for names in self._loop(node.generators):
            inner = _Evaluator(names)
            pairs[inner.visit(node.key)] = inner.visit(node.value)
        return pairs

    def _items(self, nodes):
        items = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                items.extend(self.visit(node.value))
            else:
                items.append(self.visit(node))
        return items

    def _loop(self, generators):
        if not generators:
            yield self._names
            return
        first, rest = generators[0], generators[1:]
        for item in self.visit(first.iter):
            inner = _Evaluator(ChainMap(_bind(first.target, item), self._names))
            if all(inner.visit(test) for test in first.ifs):
                yield from inner._loop(rest)

    @staticmethod
    def _operation(table, op):
        try:
            return table[type(op)]
        except KeyError:
            raise TypeError("%s is not allowed in an expression" % type(op).__name__) from None


def _bind(target, item):
    if isinstance(target, ast.Name):
        return {target.id: item}
    if isinstance(target, (ast.Tuple, ast.List)):
        names = {}
        for part, value in zip(target.elts, item):
            names.update(_bind(part, value))
        return names
    raise TypeError("%s cannot be assigned here" % type(target).__name__)
