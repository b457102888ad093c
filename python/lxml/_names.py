"""Names of elements and attributes: ``{uri}local``, and what they may be made of."""

import re
from functools import lru_cache

_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_MORE = _NAME_START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
#: A name without a colon, as a pattern.
NCNAME = "[%s][%s]*" % (_NAME_START, _NAME_MORE)
#: A name that may hold colons, as a pattern.
NAME = "[%s:][%s:]*" % (_NAME_START, _NAME_MORE)
_is_ncname = re.compile(NCNAME + r"\Z").match
_html_forbidden = re.compile("[&<>/\"'\\s]").search
_not_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]").search

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


class QName:
    """A qualified name: ``text`` is ``{uri}local``, ``namespace`` is None where there is none."""

    def __init__(self, text_or_uri_or_element, tag=None):
        namespace, local = _parts_of(text_or_uri_or_element, tag)
        check_local(local, False)
        self.namespace = namespace
        self.localname = local
        self.text = clark(namespace, local)

    def __str__(self):
        return self.text

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == _comparable(other)

    def __ne__(self, other):
        return self.text != _comparable(other)

    def __lt__(self, other):
        return self.text < _comparable(other)

    def __le__(self, other):
        return self.text <= _comparable(other)

    def __gt__(self, other):
        return self.text > _comparable(other)

    def __ge__(self, other):
        return self.text >= _comparable(other)

    def __repr__(self):
        return "QName(%r)" % self.text


def _parts_of(first, tag):
    if tag is not None:
        namespace, local = split(plain_text(tag))
        return (plain_text(first) if first is not None else namespace), local
    if not isinstance(first, (str, bytes, QName)):
        name = getattr(first, "tag", first)
        if not isinstance(name, str):
            raise ValueError("Invalid input tag of type %r" % type(name))
        first = name
    return split(plain_text(first))


def _comparable(other):
    return other.text if isinstance(other, QName) else str(other)


def clark(namespace, local):
    """The name in one text."""
    return "{%s}%s" % (namespace, local) if namespace else local


def split(name):
    """``(uri, local)`` of a name; the uri is None where there is none."""
    if name[:1] != "{":
        if not name:
            raise ValueError("Empty tag name")
        return None, name
    end = name.find("}")
    if end < 0:
        raise ValueError("Invalid tag name %r" % name)
    if end == len(name) - 1:
        raise ValueError("Empty tag name")
    return name[1:end] or None, name[end + 1 :]


@lru_cache(maxsize=4096)
def _checked(name, html):
    namespace, local = split(name)
    check_local(local, html)
    if namespace is not None and (_not_xml(namespace) or " " in namespace):
        raise ValueError("Invalid namespace URI %r" % namespace)
    return clark(namespace, local)


def check_local(local, html):
    """Raises ValueError for what cannot be a name."""
    if html:
        if not local or _html_forbidden(local):
            raise ValueError("Invalid HTML tag name %r" % local)
    elif not _is_ncname(local):
        raise ValueError("Invalid tag name %r" % local)


def tag_name(tag, html=False):
    """The checked name of an element from text, bytes or a QName."""
    return _checked(tag if type(tag) is str else plain_text(tag), html)


def attribute_name(name, html=False):
    """The checked name of an attribute from text, bytes or a QName."""
    if type(name) is not str:
        name = plain_text(name)
    if html:
        # libxml2's HTML parser makes names that XML does not allow; they can be set, too.
        return clark(*split(name))
    try:
        return _checked(name, False)
    except ValueError as error:
        raise ValueError(str(error).replace("tag name", "attribute name")) from None


def lookup_name(name):
    """The name of an attribute to look up, unchecked."""
    if type(name) is not str:
        name = plain_text(name)
    return name[2:] if name.startswith("{}") else name


def plain_text(value):
    """Text or UTF-8 bytes as a ``str``; TypeError for anything else, ValueError for what XML has not."""
    if isinstance(value, str):
        # Subclasses such as Markup answer something else to the ordinary methods.
        text = str.__str__(value)
    elif isinstance(value, (bytes, bytearray)):
        try:
            text = bytes(value).decode("utf-8")
        except UnicodeDecodeError:
            raise ValueError(_NOT_COMPATIBLE) from None
    elif isinstance(value, QName):
        return value.text
    else:
        raise TypeError("Argument must be bytes or unicode, got '%s'" % type(value).__name__)
    if _not_xml(text):
        raise ValueError(_NOT_COMPATIBLE)
    return text


_NOT_COMPATIBLE = (
    "All strings must be XML compatible: Unicode or ASCII, no NULL bytes or control characters"
)
