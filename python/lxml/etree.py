"""``lxml.etree`` in Python: trees, parsers, XPath and serialisation with lxml's names and habits.

Follows lxml 4.9 on libxml2 2.9, which servers of Odoo 14 to 18 run on. What only a C library gives
(XSLT, Schematron, document type definitions, ``iterparse``) can be imported and raises ``StubUsed``
when it is used; Relax NG and XML Schema are the host's work.
"""

from . import _reading
from ._attrib import _Attrib
from ._bases import CommentBase, ElementBase, EntityBase, PIBase
from ._class_lookup import (
    AttributeBasedElementClassLookup,
    CustomElementClassLookup,
    ElementClassLookup,
    ElementDefaultClassLookup,
    FallbackElementClassLookup,
    ParserBasedElementClassLookup,
    set_element_class_lookup,
)
from ._class_registry import ElementNamespaceClassLookup
from ._cleanup import cleanup_namespaces, indent, strip_attributes, strip_elements, strip_tags
from ._document import DocInfo
from ._document import Document as _Document
from ._element import _Element
from ._element_tree import _ElementTree, parse
from ._error_log import ErrorLog as _ErrorLog
from ._error_log import ErrorLog as _ListErrorLog
from ._error_log import LogEntry as _LogEntry
from ._errors import (
    C14NError,
    DocumentInvalid,
    DTDError,
    DTDParseError,
    DTDValidateError,
    Error,
    LxmlError,
    LxmlRegistryError,
    LxmlSyntaxError,
    NamespaceRegistryError,
    ParseError,
    ParserError,
    RelaxNGError,
    RelaxNGParseError,
    RelaxNGValidateError,
    SchematronError,
    SchematronParseError,
    SchematronValidateError,
    SerialisationError,
    XIncludeError,
    XMLSchemaError,
    XMLSchemaParseError,
    XMLSchemaValidateError,
    XMLSyntaxAssertionError,
    XMLSyntaxError,
    XPathError,
    XPathEvalError,
    XPathFunctionError,
    XPathResultError,
    XPathSyntaxError,
    XSLTApplyError,
    XSLTError,
    XSLTExtensionError,
    XSLTParseError,
    XSLTSaveError,
)
from ._extensions import Extension, FunctionNamespace
from ._factories import Element, ElementTree, SubElement, iselement, register_namespace
from ._iterators import (
    AncestorsIterator,
    ElementChildIterator,
    ElementDepthFirstIterator,
    SiblingsIterator,
)
from ._names import QName
from ._parsers import (
    ETCompatXMLParser,
    HTMLParser,
    HTMLPullParser,
    Resolver,
    XMLParser,
    XMLPullParser,
    XMLTreeBuilder,
    get_default_parser,
    set_default_parser,
)
from ._special import (
    PI,
    Comment,
    Entity,
    ProcessingInstruction,
    _Comment,
    _Entity,
    _ProcessingInstruction,
)
from ._text import CDATA
from ._tostring import canonicalize, dump, tostring, tostringlist, tounicode
from ._unsupported import StubUsed, unsupported_class, unsupported_function
from ._validators import DTD, RelaxNG, Schematron, XMLSchema
from ._walking import iterwalk
from ._xpath import (
    ETXPath,
    XPath,
    XPathDocumentEvaluator,
    XPathElementEvaluator,
    XPathEvaluator,
)
from ._xpath_results import _ElementStringResult, _ElementUnicodeResult

LXML_VERSION = (4, 9, 2, 0)
LIBXML_VERSION = LIBXML_COMPILED_VERSION = (2, 9, 14)
LIBXSLT_VERSION = LIBXSLT_COMPILED_VERSION = (1, 1, 35)
__version__ = "4.9.2"
DEBUG = False

XSLT = unsupported_class("XSLT")
XSLTExtension = unsupported_class("XSLTExtension")
XSLTAccessControl = unsupported_class("XSLTAccessControl")
XInclude = unsupported_class("XInclude")
PythonElementClassLookup = unsupported_class(
    "PythonElementClassLookup", FallbackElementClassLookup
)
TreeBuilder = unsupported_class("TreeBuilder")
iterparse = unsupported_class("iterparse")
xmlfile = unsupported_class("xmlfile")
htmlfile = unsupported_class("htmlfile", xmlfile)
XMLID = unsupported_function("XMLID")
XMLDTDID = unsupported_function("XMLDTDID")
parseid = unsupported_function("parseid")


def fromstring(text, parser=None, *, base_url=None):
    """The root element of a document's text."""
    return _reading.root_of(text, parser, base_url)


def XML(text, parser=None, *, base_url=None):
    """The root element of an XML text."""
    return _reading.root_of(text, parser, base_url)


_html_parser = HTMLParser()


def HTML(text, parser=None, *, base_url=None):
    """The root element of an HTML text."""
    return _reading.root_of(text, parser or _html_parser, base_url)


def fromstringlist(strings, parser=None):
    """The root element of a text that comes in pieces."""
    pieces = list(strings)
    empty = b"" if pieces and isinstance(pieces[0], bytes) else ""
    return _reading.root_of(empty.join(pieces), parser)


def use_global_python_log(log):
    """Takes a log for messages that belong to no parser: there are none."""


def clear_error_log():
    """Forgets messages that belong to no parser: there are none."""
