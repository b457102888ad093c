"""Documents from texts, bytes, files and file objects."""

import io
import os
import re
from urllib.parse import unquote, urlparse

from . import _default_parser, _expat_builder, _html_parser, _recovering, _target
from ._document import Document
from ._encodings import decode_xml, declared_encoding
from ._errors import ParserError, XMLSyntaxError
from ._names import QName

_has_declaration = re.compile(r"\s*<\?xml[^>]+\sencoding\s*=", re.UNICODE).match


def parse_text(text, parser=None, base_url=None):
    """The document of a text or of bytes."""
    parser = parser or _default_parser.get()
    if isinstance(text, QName) or not isinstance(text, (str, bytes, bytearray, memoryview)):
        raise ValueError("can only parse strings")
    if isinstance(text, str):
        text = str.__str__(text)
        if _has_declaration(text):
            raise ValueError(
                "Unicode strings with encoding declaration are not supported. "
                "Please use bytes input or XML fragments without declaration."
            )
    else:
        text = bytes(text)
    doc = Document(parser, parser.for_html)
    doc.url = _url_text(base_url)
    if parser.for_html:
        _html_parser.build(text, doc)
    else:
        _build_xml(text, doc, doc.url)
    if parser.options.schema is not None:
        _check_schema(doc)
    return doc


def _build_xml(text, doc, filename):
    options = doc.parser.options
    if isinstance(text, str):
        data, encoding = text.encode("utf-8", "surrogatepass"), "utf-8"
        doc.encoding = _encoding_of_text(text)
    else:
        data, encoding = decode_xml(text, options.encoding)
        doc.encoding = options.encoding or declared_encoding(text) or "UTF-8"
    try:
        _expat_builder.build(data, doc, encoding, filename)
    except XMLSyntaxError as error:
        doc.parser.error_log[:] = error.error_log
        if not options.recover or not data:
            raise
        text = data.decode(encoding or "utf-8", "replace")
        _recovering.build(text, doc)


def _encoding_of_text(text):
    # What lxml hands to libxml2 depends on how Python stores the text.
    widest = max(text, default="")
    if widest < "\u0100":
        return "ISO-8859-1"
    return "UTF-16LE" if widest < "\U00010000" else "UTF-32LE"


def _check_schema(doc):
    valid = doc.parser.options.schema.validate(doc.root)
    if not valid:
        message = str(doc.parser.options.schema.error_log.last_error)
        raise XMLSyntaxError(message, 1, 0, 0, "<string>")


def root_of(text, parser=None, base_url=None):
    """The root element of a text, or what the parser's target makes of it."""
    parser = parser or _default_parser.get()
    doc = parse_text(text, parser, base_url)
    if parser.options.target is not None:
        return _target.feed(doc, parser.options.target)
    return doc.root


def parse_source(source, parser=None, base_url=None):
    """The document of a path, a URL of a file, or a file object."""
    parser = parser or _default_parser.get()
    if hasattr(source, "read"):
        url = base_url or _name_of(source)
        data = source.read()
        if isinstance(data, str) and not parser.for_html:
            data = _without_declaration(data)
        doc = parse_text(data, parser, url)
    else:
        path = _path_of(source)
        try:
            with open(path, "rb") as stream:
                data = stream.read()
        except OSError:
            raise OSError(
                "Error reading file '%s': failed to load external entity \"%s\"" % (path, path)
            ) from None
        doc = parse_text(data, parser, base_url or path)
    if parser.options.target is not None:
        raise ParserError("a parser with a target does not make a tree")
    return doc


def _without_declaration(text):
    # A text file decoded the bytes already: what they declare is of no more use.
    return re.sub(r"^(\s*<\?xml[^>]+)\s+encoding\s*=\s*[\"'][^\"']*[\"']", r"\1", text)


def _path_of(source):
    path = os.fspath(source)
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    parts = urlparse(path)
    if parts.scheme == "file":
        return unquote(parts.path)
    if parts.scheme in ("http", "https", "ftp"):
        raise OSError("Error reading file '%s': there is no network here" % path)
    return path


def _name_of(stream):
    if isinstance(stream, (io.BytesIO, io.StringIO)):
        return None
    name = getattr(stream, "name", None)
    if name is None and callable(getattr(stream, "geturl", None)):
        name = stream.geturl()
    return name if isinstance(name, str) else None


def _url_text(url):
    if url is None:
        return None
    url = os.fspath(url)
    return os.fsdecode(url) if isinstance(url, bytes) else url


def nothing_fed():
    """The exception for a parser that is closed before it got anything."""
    return XMLSyntaxError("no element found", 1, 0, 0, "<string>")
