"""XPath for callers: expressions compiled once, evaluators, and functions of one's own."""

import re
from functools import lru_cache

from ._document import Document
from ._error_log import ErrorLog
from ._errors import XPathEvalError, XPathSyntaxError
from ._extensions import REGULAR_EXPRESSIONS, registered_function
from ._names import plain_text
from ._namespaces import scope_of
from ._node import DOCUMENT, ELEMENT
from ._xpath_compiler import compile_expression
from ._xpath_results import from_python, to_python


class Options:
    """What an expression is evaluated with."""

    def __init__(self, namespaces=None, extensions=None, smart_strings=True, regexp=True):
        self.namespaces = dict(namespaces) if namespaces else {}
        if None in self.namespaces:
            raise TypeError("empty namespace prefix is not supported in XPath")
        for prefix in self.namespaces:
            if not prefix:
                raise TypeError("empty prefix is not supported in XPath")
        self.extensions = _merged_extensions(extensions)
        self.smart_strings = smart_strings
        self.regexp = regexp


def _merged_extensions(extensions):
    if not extensions:
        return {}
    if isinstance(extensions, dict):
        return dict(extensions)
    merged = {}
    for each in extensions:
        merged.update(each)
    return merged


class _XPathContext:
    """What functions of one's own get first: the node they are called at."""

    def __init__(self, node):
        self._node = node
        self.eval_context = {}

    @property
    def context_node(self):
        """The element."""
        node = self._node
        if type(node) is tuple or node._kind == DOCUMENT:
            raise XPathEvalError("XPath context is only usable during the evaluation at an element")
        return node


class _Environment:
    """The state of one evaluation."""

    def __init__(self, options, variables, top):
        self._options = options
        self._variables = variables
        self._top = top
        self._context = _XPathContext(None)

    def top(self, node):
        """The document of a node."""
        if self._top is not None:
            return self._top
        return (node[0] if type(node) is tuple else node)._doc

    def uri_of(self, prefix):
        """What a prefix of the expression means."""
        if prefix == "xml":
            return "http://www.w3.org/XML/1998/namespace"
        try:
            return self._options.namespaces[prefix]
        except KeyError:
            raise XPathEvalError("Undefined namespace prefix") from None

    def variable(self, name):
        """The value of a variable."""
        try:
            return from_python(self._variables[name])
        except KeyError:
            raise XPathEvalError("Undefined variable") from None

    def call(self, prefix, name, node, values):
        """The result of a function that is not XPath's own."""
        function = self._function(prefix, name)
        self._context._node = node
        arguments = [to_python(value, self._options.smart_strings) for value in values]
        return from_python(function(self._context, *arguments))

    def _function(self, prefix, name):
        uri = None if prefix is None else self.uri_of(prefix)
        found = self._options.extensions.get((uri, name)) or registered_function(uri, name)
        if found is None and self._options.regexp:
            found = REGULAR_EXPRESSIONS.get((uri, name))
        if found is None:
            raise XPathEvalError("Unregistered function")
        return found


def evaluate(node, path, options, variables, top=None, error=XPathEvalError):
    """What an expression gives at a node; ``top`` stands for the root where it is not the document's."""
    expression = _compiled(path if type(path) is str else plain_text(path), error)
    if top is not None and top._doc.root is not top:
        return _below_fake_root(top, expression, options, variables)
    environment = _Environment(options, variables, None)
    return to_python(expression(node, 1, 1, environment), options.smart_strings)


def _compiled(path, error):
    try:
        return compile_expression(path)
    except XPathEvalError as problem:
        if error is XPathEvalError:
            raise
        raise error(str(problem)) from None


def _below_fake_root(top, expression, options, variables):
    """Evaluates at an element as if it were the root of a document."""
    fake = Document(top._doc.parser, top._doc.html)
    fake._first = fake._last = top
    kept = top._parent, top._prev, top._next, top._tail, top._nsdefs
    scope = scope_of(top) or None
    top._parent, top._prev, top._next, top._tail, top._nsdefs = fake, None, None, None, scope
    try:
        environment = _Environment(options, variables, fake)
        return to_python(expression(top, 1, 1, environment), options.smart_strings)
    finally:
        top._parent, top._prev, top._next, top._tail, top._nsdefs = kept


def _root_and_top(etree_or_element):
    if hasattr(etree_or_element, "getroot"):
        root = etree_or_element.getroot()
        if root is None:
            raise ValueError("Input object has no document: %s" % type(etree_or_element).__name__)
        return root
    if getattr(etree_or_element, "_kind", None) != ELEMENT:
        raise TypeError("Invalid input object: %s" % type(etree_or_element).__name__)
    return etree_or_element


class _XPathEvaluatorBase:
    def __init__(self, namespaces, extensions, regexp, smart_strings):
        self._options = Options(namespaces, extensions, smart_strings, regexp)
        self.error_log = ErrorLog()

    def evaluate(self, _eval_arg, **_variables):
        """Like calling the object."""
        return self(_eval_arg, **_variables)


class XPath(_XPathEvaluatorBase):
    """An expression, to be called with elements or trees."""

    def __init__(
        self, path, *, namespaces=None, extensions=None, regexp=True, smart_strings=True
    ):
        super().__init__(namespaces, extensions, regexp, smart_strings)
        self.path = plain_text(path)
        _compiled(self.path, XPathSyntaxError)

    def __call__(self, _etree_or_element, **_variables):
        root = _root_and_top(_etree_or_element)
        return evaluate(root, self.path, self._options, _variables)

    def __repr__(self):
        return self.path


_literals = re.compile("(\"[^\"]*\"|'[^']*')")
_uris = re.compile(r"\{([^}]+)\}")


class ETXPath(XPath):
    """An expression with names as ``{uri}local``."""

    def __init__(self, path, *, extensions=None, regexp=True, smart_strings=True):
        text, namespaces = _with_prefixes(plain_text(path))
        super().__init__(
            text,
            namespaces=namespaces,
            extensions=extensions,
            regexp=regexp,
            smart_strings=smart_strings,
        )


@lru_cache(maxsize=512)
def _with_prefixes(path):
    prefixes = {}

    def prefixed(match):
        return prefixes.setdefault(match.group(1), "__xpp%02d" % (len(prefixes) + 1)) + ":"

    parts = _literals.split(path)
    text = "".join(
        part if index % 2 else _uris.sub(prefixed, part) for index, part in enumerate(parts)
    )
    return text, {prefix: uri for uri, prefix in prefixes.items()}


class XPathElementEvaluator(_XPathEvaluatorBase):
    """An element, to be called with expressions."""

    def __init__(
        self, element, *, namespaces=None, extensions=None, regexp=True, smart_strings=True
    ):
        super().__init__(namespaces, extensions, regexp, smart_strings)
        self._element = element

    def register_namespace(self, prefix, uri):
        """Gives a prefix its meaning."""
        self._options.namespaces[prefix] = uri

    def register_namespaces(self, namespaces):
        """Gives several prefixes their meaning."""
        self._options.namespaces.update(namespaces)

    def __call__(self, _path, **_variables):
        return evaluate(self._element, _path, self._options, _variables)


class XPathDocumentEvaluator(XPathElementEvaluator):
    """A tree, to be called with expressions."""

    def __init__(
        self, etree, *, namespaces=None, extensions=None, regexp=True, smart_strings=True
    ):
        super().__init__(
            etree.getroot(),
            namespaces=namespaces,
            extensions=extensions,
            regexp=regexp,
            smart_strings=smart_strings,
        )

    def __call__(self, _path, **_variables):
        return evaluate(self._element, _path, self._options, _variables, top=self._element)


def XPathEvaluator(
    etree_or_element, *, namespaces=None, extensions=None, regexp=True, smart_strings=True
):
    """An evaluator for a tree or an element."""
    is_tree = hasattr(etree_or_element, "getroot")
    cls = XPathDocumentEvaluator if is_tree else XPathElementEvaluator
    return cls(
        etree_or_element,
        namespaces=namespaces,
        extensions=extensions,
        regexp=regexp,
        smart_strings=smart_strings,
    )
