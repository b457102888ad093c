"""The exceptions of ``lxml.etree``, by lxml's names."""

from ._error_log import ErrorLog


class LxmlError(Exception):
    """The base of all of them."""

    def __init__(self, message=None, error_log=None):
        super().__init__(message)
        self.error_log = error_log if error_log is not None else ErrorLog()


Error = LxmlError


class LxmlSyntaxError(LxmlError, SyntaxError):
    """The base of errors in a text."""


class ParseError(LxmlSyntaxError):
    """A document that cannot be read; ``position`` is its line and column, both from 1."""

    def __init__(self, message, code, line, column, filename=None):
        super(LxmlSyntaxError, self).__init__(message)
        self.msg = message
        self.code = code
        self.lineno = line
        self.offset = column - 1
        self.filename = filename

    @property
    def position(self):
        """Line and column, both from 1."""
        return self.lineno, self.offset + 1

    @position.setter
    def position(self, value):
        self.lineno, column = value
        self.offset = column - 1


class XMLSyntaxError(ParseError):
    """XML that is not well-formed."""


class XMLSyntaxAssertionError(XMLSyntaxError, AssertionError):
    """XML that is not well-formed, where an assertion expects it."""


class ParserError(LxmlError):
    """A parser cannot do what it is asked for."""


class DocumentInvalid(LxmlError):
    """A document does not keep to its grammar."""


class SerialisationError(LxmlError):
    """A tree that cannot be written."""


class C14NError(LxmlError):
    """A tree without a canonical form."""


class LxmlRegistryError(LxmlError):
    """The base of errors of registries."""


class NamespaceRegistryError(LxmlRegistryError):
    """An entry that a registry does not take."""


class XPathError(LxmlError):
    """The base of errors of XPath."""


class XPathEvalError(XPathError):
    """An expression that cannot be evaluated."""


class XPathFunctionError(XPathEvalError):
    """A call of an unknown function."""


class XPathResultError(XPathEvalError):
    """A value that XPath has no type for."""


class XPathSyntaxError(LxmlSyntaxError, XPathError):
    """A text that is no XPath expression."""

    def __init__(self, message=None, error_log=None):
        LxmlError.__init__(self, message, error_log)
        self.msg = message


class RelaxNGError(LxmlError):
    """The base of errors of Relax NG."""


class RelaxNGParseError(RelaxNGError):
    """A document that is no Relax NG grammar."""


class RelaxNGValidateError(RelaxNGError):
    """A document cannot be validated."""


class XMLSchemaError(LxmlError):
    """The base of errors of XML Schema."""


class XMLSchemaParseError(XMLSchemaError):
    """A document that is no XML Schema."""


class XMLSchemaValidateError(XMLSchemaError):
    """A document cannot be validated."""


class DTDError(LxmlError):
    """The base of errors of document type definitions."""


class DTDParseError(DTDError):
    """A text that is no document type definition."""


class DTDValidateError(DTDError):
    """A document cannot be validated."""


class XIncludeError(LxmlError):
    """An inclusion that fails."""


class SchematronError(LxmlError):
    """The base of errors of Schematron."""


class SchematronParseError(SchematronError):
    """A document that is no Schematron schema."""


class SchematronValidateError(SchematronError):
    """A document cannot be validated."""


class XSLTError(LxmlError):
    """The base of errors of XSLT."""


class XSLTParseError(XSLTError):
    """A document that is no stylesheet."""


class XSLTApplyError(XSLTError):
    """A transformation that fails."""


class XSLTSaveError(XSLTError, SerialisationError):
    """A result that cannot be written."""


class XSLTExtensionError(XSLTError):
    """An extension that fails."""
