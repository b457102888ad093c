"""Validators: ``RelaxNG`` and ``XMLSchema``, whose work the host does."""

import os

from . import _element_tree, _reading, _validation
from ._error_log import ErrorLog, LogEntry
from ._errors import DocumentInvalid, RelaxNGParseError, XMLSchemaParseError
from ._iterators import iter_subtree
from ._node import Node
from ._parsers import XMLParser
from ._tostring import tostring
from ._unsupported import unsupported_class

_INCLUDING = {
    "relaxng": ("{http://relaxng.org/ns/structure/1.0}include", "href"),
    "xmlschema": ("{http://www.w3.org/2001/XMLSchema}include", "schemaLocation"),
}
_EXTERNAL = {
    "relaxng": ("{http://relaxng.org/ns/structure/1.0}externalRef", "href"),
    "xmlschema": ("{http://www.w3.org/2001/XMLSchema}import", "schemaLocation"),
}


class _Validator:
    _kind = ""
    _parse_error = RelaxNGParseError

    def __init__(self, etree=None, *, file=None):
        if etree is None and file is None:
            raise self._parse_error("No tree or file given")
        root = _root_of(etree) if etree is not None else _element_tree.parse(file).getroot()
        if root is None:
            raise self._parse_error("Document is not a schema")
        self._grammar = {
            "text": _text_of(root),
            "url": root._doc.url,
            "files": _included(self._kind, root, {}),
        }
        self.error_log = ErrorLog()

    def __call__(self, etree):
        root = _root_of(etree)
        text = _text_of(root)
        try:
            problems = _validation.validate(self._kind, self._grammar, text)
        except ValueError as error:
            raise self._parse_error(str(error)) from None
        lines = _source_lines(root, text) if problems else {}
        domain = "RELAXNGV" if self._kind == _validation.RELAXNG else "SCHEMASV"
        url = root._doc.url or "<string>"
        self.error_log = ErrorLog()
        for problem in problems:
            line = problem.get("line") or 0
            entry = LogEntry(problem["message"], lines.get(line, line), 0, url, domain)
            self.error_log.append(entry)
        return not self.error_log

    def validate(self, etree):
        """Whether a document is valid; ``error_log`` says what is wrong with it."""
        return self(etree)

    def assertValid(self, etree):
        """Raises DocumentInvalid for a document that is not valid."""
        if not self(etree):
            raise DocumentInvalid(_first_message(self.error_log), self.error_log)

    def assert_(self, etree):
        """Raises AssertionError for a document that is not valid."""
        if not self(etree):
            raise AssertionError(_first_message(self.error_log))


def _first_message(log):
    entry = log[0]
    return "%s, line %d" % (entry.message, entry.line) if entry.line else entry.message


def _source_lines(root, text):
    """Lines of the document as it was read, by those of the text that the host got."""
    sent = _reading.parse_text(text, XMLParser()).root
    lines = {}
    for original, copy in zip(iter_subtree(root), iter_subtree(sent)):
        if original.sourceline is not None:
            lines.setdefault(copy.sourceline, original.sourceline)
    return lines


def _root_of(etree):
    if hasattr(etree, "getroot"):
        return etree.getroot()
    if isinstance(etree, Node):
        return etree
    raise TypeError("Invalid input object: %s" % type(etree).__name__)


def _text_of(root):
    return tostring(root, encoding="unicode", with_tail=False)


def _included(kind, root, files):
    """The texts of the grammars that one includes, and those include, by the name in the document."""
    folder = os.path.dirname(root._doc.url or "")
    for tag, attribute in (_INCLUDING[kind], _EXTERNAL[kind]):
        for node in root.iter(tag):
            name = node.get(attribute)
            path = os.path.join(folder, name) if name else None
            if path is None or name in files or not os.path.isfile(path):
                continue
            included = _element_tree.parse(path).getroot()
            files[name] = _text_of(included)
            _included(kind, included, files)
    return files


class RelaxNG(_Validator):
    """A Relax NG grammar."""

    _kind = _validation.RELAXNG
    _parse_error = RelaxNGParseError

    @classmethod
    def from_rnc_string(cls, src, base_url=None):
        """Grammars in the compact syntax are not read."""
        raise RelaxNGParseError("The compact syntax of Relax NG is not supported")


class XMLSchema(_Validator):
    """An XML Schema."""

    _kind = _validation.XMLSCHEMA
    _parse_error = XMLSchemaParseError

    def __init__(self, etree=None, *, file=None, attribute_defaults=False):
        super().__init__(etree, file=file)


DTD = unsupported_class("DTD", _Validator)
Schematron = unsupported_class("Schematron", _Validator)
